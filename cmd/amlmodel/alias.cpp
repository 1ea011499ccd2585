// amlmodel alias: point a name such as "production" at a version.
#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class AliasCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "alias",
            .summary = "point an alias at a version of a model",
            .description = "NAME@ALIAS then means that version everywhere. An alias moves when it is set again.",
            .examples = {{"amlmodel alias penguins:1 production", "penguins@production is now penguins:1"},
                         {"amlmodel alias --remove penguins production", "there is no penguins@production any more"}},
            .flags = {{0, "remove", "", "remove the alias", &remove_}},
            .positionals = {{"MODEL", "NAME:VERSION, or NAME for the newest version", &model_, cli::Complete::model},
                            {"ALIAS", "lower-case letters and digits, joined by '.', '_' or '-'", &alias_,
                             cli::Complete::none}},
            .output = cli::Output::id,
            .exit_notes = {"4  no such model"},
            .see_also = {"amlmodel-ls(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto model = TRY(find_version(store, model_));
    const catalog::Catalog catalog(store);
    if (remove_) TRY(catalog.remove_alias(model.name(), alias_));
    else TRY(catalog.set_alias(model.name(), alias_, model.version()));
    TRY(session.out().id(model.name() + "@" + alias_));
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
  std::string alias_;
  bool remove_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_alias() { return cli::make<AliasCommand>(); }

}  // namespace aml::amlmodel
