// amlhist rm: move runs to the trash.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "store/gc.h"

namespace aml::amlhist {
namespace {

class RmCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "rm",
            .summary = "move runs to the trash",
            .description =
                "A run in the trash keeps its content until amlhist gc removes it, two weeks later at the "
                "earliest; until then its folder can be moved back from trash/ to runs/DAY/. A run that "
                "is still going cannot be removed.",
            .examples = {{"amlhist rm @1", "the newest run"},
                         {"amlhist ls --state failed --ids | amlhist rm -", "all failed ones"}},
            .positionals = {{"RUN", "a run; - reads runs from standard input", &names_, cli::Complete::run}},
            .output = cli::Output::none,
            .dry_run = true,
            .exit_notes = {"3  some runs could not be removed", "5  the run is still going"},
            .see_also = {"amlhist-gc(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto names = TRY(cli::expand_names(session, names_));
    std::vector<RunId> ids;
    for (const std::string& name : names) ids.push_back(TRY(history::resolve_run(store, name)));
    const store::SystemProbe probe(store.dir());
    auto code = cli::ExitCode::ok;
    for (const RunId& id : ids) {
      auto removed = remove(store, id, probe, session);
      if (!removed.ok() && ids.size() == 1) return std::move(removed).error();
      if (removed.ok()) continue;
      session.report(removed.error());
      code = cli::ExitCode::partial;
    }
    return code;
  }

 private:
  static Status remove(const store::Store& store, const RunId& id, const store::LivenessProbe& probe,
                       cli::Session& session) {
    if (!session.settings().dry_run) return store::trash_run(store, id, probe);
    return session.out().line("trash\t" + id.text() + "\ton request");
  }

  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<cli::Command> make_rm() { return std::make_unique<RmCommand>(); }

}  // namespace aml::amlhist
