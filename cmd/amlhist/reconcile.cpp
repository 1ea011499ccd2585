// amlhist reconcile: record what became of runs that were cut off.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "store/finalize.h"

namespace aml::amlhist {
namespace {

class ReconcileCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "reconcile",
            .summary = "record what became of runs that were cut off",
            .description =
                "Runs whose ending was recorded are finished as their recorder would have done; runs that "
                "are gone without a trace are recorded as lost. Lists are right without it: it only makes "
                "durable what they work out. Runs that may still live are left alone.",
            .examples = {{"amlhist reconcile --dry-run", "what it would do"},
                         {"amlhist reconcile", "after a power failure"}},
            .output = cli::Output::records,
            .dry_run = true,
            .see_also = {"amlhist-verify(1)", "amlhist-gc(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const store::SystemProbe probe(store.dir());
    const auto dry_run = session.settings().dry_run ? store::DryRun::yes : store::DryRun::no;
    for (const auto& [id, before, after, reason] : TRY(store::reconcile(store, probe, session.clock(), dry_run))) {
      text::Fields fields{"reconciled", id.text(), {}};
      fields.add("action", after == store::RunState::lost ? "record_lost" : "finish");
      fields.add("id", id.text()).add("state", name_of(after)).add("reason", reason);
      TRY(session.out().record(fields));
    }
    return cli::ExitCode::ok;
  }
};

}  // namespace

std::unique_ptr<cli::Command> make_reconcile() { return std::make_unique<ReconcileCommand>(); }

}  // namespace aml::amlhist
