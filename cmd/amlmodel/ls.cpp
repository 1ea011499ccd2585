// amlmodel ls: list registered models.
#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class LsCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "ls",
        .summary = "list registered models, newest version first",
        .examples = {{"amlmodel ls", "all models"}, {"amlmodel ls --json penguins", "the versions of one, as JSON"}},
        .positionals = {{"NAME", "only this model's versions", &name_, cli::Complete::model}},
        .output = cli::Output::records,
        .exit_notes = {"4  no model of that name"},
        .see_also = {"amlmodel-show(1)", "amlmodel-register(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    for (const auto& model : TRY(catalog::Catalog(store).list(name_)))
      TRY(session.out().record(catalog::describe(model)));
    return cli::ExitCode::ok;
  }

 private:
  std::optional<std::string> name_;
};

}  // namespace

std::unique_ptr<cli::Command> make_ls() { return cli::make<LsCommand>(); }

}  // namespace aml::amlmodel
