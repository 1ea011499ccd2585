// amlmodel lineage: walk back from a model to run, snapshot and data.
#include "catalog/lineage.h"

#include "amlmodel/commands.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class LineageCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "lineage",
            .summary = "show where a model comes from",
            .description =
                "Walks back from the model to the run that trained it, the code and the data the run was given, "
                "and the runs before it. Each is named by a digest or an id that cannot change.",
            .examples = {{"amlmodel lineage penguins:1", "as an indented tree"},
                         {"amlmodel lineage penguins:1 --json", "one object per node, with its depth"}},
            .positionals = {{"MODEL", "NAME, NAME:VERSION or NAME@ALIAS", &model_, cli::Complete::model}},
            .output = cli::Output::records,
            .exit_notes = {"4  no such model"},
            .see_also = {"amlhist-show(1)", "amlmodel-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto store = TRY(open_store(session));
    const auto root = TRY(catalog::trace_lineage(store, TRY(find_version(store, model_))));
    if (session.out().form() == cli::Form::people) {
      for (const std::string& line : catalog::format_lineage(root)) TRY(session.out().line(line));
      return cli::ExitCode::ok;
    }
    for (const auto& node : catalog::describe_lineage(root)) TRY(session.out().record(node));
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
};

}  // namespace

std::unique_ptr<cli::Command> make_lineage() { return cli::make<LineageCommand>(); }

}  // namespace aml::amlmodel
