// amlmodel evaluate: measure a model on a table with known labels.
#include "learn/evaluate.h"
#include "learn/report.h"

#include "amlmodel/commands.h"
#include "amlmodel/input.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class EvaluateCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "evaluate",
        .summary = "measure a model on rows with known labels",
        .description =
            "Prints accuracy, log loss, AUC, precision, recall and F1, each class's own, and the "
            "confusion matrix; for a regression MAE, RMSE and R2. A metric that is not defined on "
            "these rows says why.",
        .examples = {{"amlmodel evaluate penguins:1 test.csv --label species", "on a file"},
                     {"amlmodel evaluate penguins test.csv --json | jq .accuracy", "one number"}},
        .flags = input_flags(input_),
        .positionals = {{"MODEL", "NAME[:VERSION], NAME@ALIAS, a run, or an .onnx file", &model_, cli::Complete::model},
                        {"FILE", "the table, - for standard input", &input_.file}},
        .output = cli::Output::record,
        .exit_notes = {"4  no such model or file", "6  a column is missing, or the table cannot be read"},
        .see_also = {"amlmodel-predict(1)"}};
    spec.flags.push_back({0, "label", "COLUMN", "the column with the true labels (default: the one trained on)",
                          &label_, cli::Group::input, cli::Complete::column});
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto scorer = TRY(open_scorer(session, model_, input_));
    const std::string label = label_.value_or(scorer.signature().label.name);
    if (label.empty())
      return Error{ErrorKind::usage, "the model does not say what its label is called", "name the column with --label"};
    const auto reader = TRY(open_input(session, input_));
    const auto result = TRY(learn::evaluate_table(*reader, scorer, label));
    warn_unconverted(session, scorer, result.unconverted);
    TRY(session.out().record(learn::describe(result.evaluation)));
    for (const std::string& line : learn::format_confusion(result.evaluation)) TRY(session.out().line(line));
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
  Input input_;
  std::optional<std::string> label_;
};

}  // namespace

std::unique_ptr<cli::Command> make_evaluate() { return cli::make<EvaluateCommand>(); }

}  // namespace aml::amlmodel
