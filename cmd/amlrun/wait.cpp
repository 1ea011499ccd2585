// amlrun wait: until runs are over.
#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "history/describe.h"
#include "history/query.h"
#include "run/follow.h"

namespace aml::amlrun {
namespace {

class WaitCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "wait",
            .summary = "wait until runs are over",
            .description = "Prints each run as it ends, in the order named.",
            .examples = {{"amlrun wait @1", "the newest run"}, {"amlrun wait --ids @1 @2 > done.txt", "two runs"}},
            .positionals = {{"RUN", "an id or its end, a name, @1 for the newest; - reads from stdin", &runs_,
                             cli::Complete::run}},
            .output = cli::Output::records,
            .exit_notes = {"4  no such run", "8  a run did not finish successfully"},
            .see_also = {"amlrun-submit(1)", "amlrun-logs(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(store::open_store(session.settings().store_dir, working_directory()));
    bool all_finished = true;
    std::vector<RunId> ids;
    for (const std::string& name : TRY(cli::expand_names(session, runs_)))
      ids.push_back(TRY(history::resolve_run(store, name)));
    for (const RunId& id : ids) {
      const auto run = TRY(run::follow(store, id, {.wake_fd = session.wake_fd()}));
      all_finished = all_finished && run.state == store::RunState::finished;
      TRY(session.out().record(history::describe(run, session.clock().now())));
    }
    return all_finished ? cli::ExitCode::ok : cli::ExitCode::child_failed;
  }

 private:
  std::vector<std::string> runs_;
};

}  // namespace

std::unique_ptr<cli::Command> make_wait() { return std::make_unique<WaitCommand>(); }

}  // namespace aml::amlrun
