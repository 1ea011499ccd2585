// amlmodel show: print everything known about registered models.
#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class ShowCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "show",
            .summary = "print everything known about a model",
            .examples = {{"amlmodel show penguins", "the newest version"},
                         {"amlmodel show penguins:1 --json", "one version, as JSON"}},
            .positionals = {{"MODEL", "NAME, NAME:VERSION or NAME@ALIAS", &names_, cli::Complete::model}},
            .output = cli::Output::record,
            .exit_notes = {"3  some models could not be found", "4  no such model"},
            .see_also = {"amlmodel-lineage(1)", "amlmodel-ls(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto names = TRY(cli::expand_names(session, names_));
    auto code = cli::ExitCode::ok;
    for (const std::string& name : names) {
      auto model = find_version(store, name);
      if (!model.ok() && names.size() == 1) return std::move(model).error();
      if (!model.ok()) {
        session.report(model.error());
        code = cli::ExitCode::partial;
        continue;
      }
      TRY(session.out().record(catalog::describe_full(*model)));
    }
    return code;
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<cli::Command> make_show() { return cli::make<ShowCommand>(); }

}  // namespace aml::amlmodel
