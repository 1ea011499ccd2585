// amlmodel verify: check registered models against what they say of themselves.
#include "catalog/verify.h"

#include <fmt/format.h>

#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class VerifyCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "verify",
            .summary = "check that models are whole and where they come from is known",
            .description =
                "Reads the manifest, the config and the ONNX graph of each version, compares them with their digests, "
                "and loads the graph. A run, a snapshot or an input that is gone or has changed is a note and no "
                "failure: the model itself is whole. --ids prints the damaged versions only. Changes nothing.",
            .examples = {{"amlmodel verify", "every registered version"},
                         {"amlmodel verify penguins@production --tsv", "one, for a script"}},
            .positionals = {{"MODEL", "NAME, NAME:VERSION or NAME@ALIAS (default: every version)", &names_,
                             cli::Complete::model, 0}},
            .output = cli::Output::records,
            .exit_notes = {"1  a version is damaged", "4  no such model"},
            .see_also = {"amlhist-verify(1)", "amlmodel-lineage(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    std::vector<catalog::ModelName> models;
    for (const std::string& text : TRY(cli::expand_names(session, names_))) models.push_back(TRY(parse_name(text)));
    const auto checks = TRY(catalog::verify_models(store, models, session.settings().threads, &session.cancel()));
    size_t damaged = 0;
    for (const catalog::ModelCheck& check : checks) {
      damaged += check.damage.empty() ? 0 : 1;
      TRY(print(session.out(), check));
    }
    session.note(fmt::format("checked {} {}: {}", checks.size(), checks.size() == 1 ? "version" : "versions",
                             damaged == 0 ? "all whole" : fmt::format("{} damaged", damaged)));
    return damaged == 0 ? cli::ExitCode::ok : cli::ExitCode::no;
  }

 private:
  static Status print(cli::Printer& out, const catalog::ModelCheck& check) {
    const auto lines = catalog::describe(check);
    if (out.form() == cli::Form::ids) return check.damage.empty() ? Status() : out.record(lines.front());
    for (const text::Fields& line : lines) TRY(out.record(line));
    return {};
  }

  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<cli::Command> make_verify() { return cli::make<VerifyCommand>(); }

}  // namespace aml::amlmodel
