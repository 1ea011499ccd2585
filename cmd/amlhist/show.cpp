// amlhist show: print everything known about runs.
#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/describe.h"

namespace aml::amlhist {
namespace {

class ShowCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "show",
            .summary = "print everything known about runs",
            .description =
                "A RUN is its id, at least four digits from either end of it (lists show the last eight), "
                "its name, @NAME, or @1 for the newest run, @2 for the one before.",
            .examples = {{"amlhist show @1", "the newest run"},
                         {"amlhist show --json @1 | jq .metrics", "its metrics only"}},
            .positionals = {{"RUN", "a run; - reads runs from standard input", &names_, cli::Complete::run}},
            .output = cli::Output::record,
            .exit_notes = {"3  some runs could not be found or read"},
            .see_also = {"amlhist-ls(1)", "amlhist-metrics(1)", "amlhist-outputs(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto names = TRY(cli::expand_names(session, names_));
    auto code = cli::ExitCode::ok;
    for (const std::string& name : names) {
      auto shown = show(store, name, session);
      if (!shown.ok() && names.size() == 1) return std::move(shown).error();
      if (!shown.ok()) session.report(shown.error());
      if (!shown.ok() || *shown != cli::ExitCode::ok) code = cli::ExitCode::partial;
    }
    return code;
  }

 private:
  static Result<cli::ExitCode> show(const store::Store& store, const std::string& name, cli::Session& session) {
    const auto run = TRY(history::find_run(store, TRY(history::resolve_run(store, name))));
    TRY(session.out().record(history::describe_fully(run, session.clock().now())));
    return report_damage(session, {run});
  }

  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<cli::Command> make_show() { return std::make_unique<ShowCommand>(); }

}  // namespace aml::amlhist
