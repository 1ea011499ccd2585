// amlrun cancel: stop runs.
#include <fmt/format.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "history/query.h"
#include "run/cancel.h"
#include "run/follow.h"

namespace aml::amlrun {
namespace {

class CancelCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "cancel",
            .summary = "stop runs",
            .description =
                "Sends TERM to the program of each run, KILL after 10 s, and returns when the runs are over. What they "
                "wrote until then is kept. A run that is over already is left as it is.",
            .examples = {{"amlrun cancel @1", "the newest run"}},
            .positionals = {{"RUN", "an id or its end, a name, @1 for the newest; - reads from stdin", &runs_,
                             cli::Complete::run}},
            .exit_notes = {"3  some runs could not be stopped", "4  no such run"},
            .see_also = {"amlrun-wait(1)", "amlhist-ls(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(store::open_store(session.settings().store_dir, working_directory()));
    const auto names = TRY(cli::expand_names(session, runs_));
    if (names.size() == 1) {
      TRY(cancel_one(session, store, names[0]));
      return cli::ExitCode::ok;
    }
    bool has_failed = false;
    for (const std::string& name : names) {
      const Status done = cancel_one(session, store, name);
      if (!done.ok() && done.error().kind == ErrorKind::interrupted) return done.error();
      if (!done.ok()) session.report(done.error());
      has_failed = has_failed || !done.ok();
    }
    return has_failed ? cli::ExitCode::partial : cli::ExitCode::ok;
  }

 private:
  static Status cancel_one(cli::Session& session, const store::Store& store, const std::string& name) {
    const RunId id = TRY(history::resolve_run(store, name));
    const auto outcome = TRY(run::cancel(store, id, store::SystemProbe(store.dir())));
    if (outcome == run::CancelOutcome::over_already) session.note(fmt::format("run {} is over already", id.text()));
    if (outcome == run::CancelOutcome::asked) TRY(run::follow(store, id, {.wake_fd = session.wake_fd()}));
    return {};
  }

  std::vector<std::string> runs_;
};

}  // namespace

std::unique_ptr<cli::Command> make_cancel() { return std::make_unique<CancelCommand>(); }

}  // namespace aml::amlrun
