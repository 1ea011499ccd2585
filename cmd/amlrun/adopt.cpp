// amlrun adopt: take over a run whose recorder was killed.
#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "history/describe.h"
#include "history/query.h"
#include "run/cancel.h"

namespace aml::amlrun {
namespace {

class AdoptCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "adopt",
            .summary = "take over a run whose recorder was killed",
            .description =
                "Waits until the program of an orphaned run ends, makes its end durable and prints it. How it ended is "
                "not known to anybody but the recorder that is gone, so the run ends as lost; metrics, logs and "
                "outputs are kept.",
            .examples = {{"amlrun adopt @1", "the newest run"}},
            .positionals = {{"RUN", "an id or its end, a name, @1 for the newest", &run_, cli::Complete::run}},
            .output = cli::Output::record,
            .exit_notes = {"4  no such run", "5  its recorder is alive"},
            .see_also = {"amlrun-cancel(1)", "amlhist-reconcile(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(store::open_store(session.settings().store_dir, working_directory()));
    const RunId id = TRY(history::resolve_run(store, run_));
    const auto run =
        TRY(run::adopt(store, id, store::SystemProbe(store.dir()), session.clock(), {.wake_fd = session.wake_fd()}));
    TRY(session.out().record(history::describe(run, session.clock().now())));
    return cli::ExitCode::ok;
  }

 private:
  std::string run_;
};

}  // namespace

std::unique_ptr<cli::Command> make_adopt() { return std::make_unique<AdoptCommand>(); }

}  // namespace aml::amlrun
