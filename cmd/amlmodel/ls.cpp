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
        .exit_notes = {"3  a version cannot be read; the others are listed", "4  no model of that name"},
        .see_also = {"amlmodel-show(1)", "amlmodel-verify(1)", "amlmodel-register(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto found = TRY(catalog::Catalog(store).list(name_));
    for (const auto& model : found.models) TRY(session.out().record(catalog::describe(model)));
    for (const Error& error : found.damaged) session.report(error);
    return found.damaged.empty() ? cli::ExitCode::ok : cli::ExitCode::partial;
  }

 private:
  std::optional<std::string> name_;
};

}  // namespace

std::unique_ptr<cli::Command> make_ls() { return cli::make<LsCommand>(); }

}  // namespace aml::amlmodel
