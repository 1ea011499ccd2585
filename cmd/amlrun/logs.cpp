// amlrun logs: what a run printed.
#include <unistd.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "history/query.h"
#include "run/follow.h"

namespace aml::amlrun {
namespace {

class LogsCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "logs",
            .summary = "print what a run printed",
            .description =
                "Its standard output goes to standard output, its standard error to standard error, byte for byte. "
                "Stopping the command does not touch the run.",
            .examples = {{"amlrun logs @1", "of the newest run"}, {"amlrun logs --follow @1", "until it is over"}},
            .flags = {{0, "follow", "", "go on until the run is over", &is_following_}},
            .positionals = {{"RUN", "an id or its end, a name, @1 for the newest", &run_, cli::Complete::run}},
            .exit_notes = {"4  no such run"},
            .see_also = {"amlrun-wait(1)", "amlhist-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(store::open_store(session.settings().store_dir, working_directory()));
    os::FdSink out(STDOUT_FILENO, "standard output");
    os::FdSink err(STDERR_FILENO, "standard error");
    TRY(run::follow(store, TRY(history::resolve_run(store, run_)),
                    {.out = &out,
                     .err = &err,
                     .until = is_following_ ? run::Until::over : run::Until::now,
                     .wake_fd = session.wake_fd(),
                     .reader_fd = STDOUT_FILENO}));
    return cli::ExitCode::ok;
  }

 private:
  std::string run_;
  bool is_following_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_logs() { return std::make_unique<LogsCommand>(); }

}  // namespace aml::amlrun
