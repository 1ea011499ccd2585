// amlmodel predict: score a table.
#include "model/predict.h"

#include <fmt/format.h>

#include "amlmodel/commands.h"
#include "amlmodel/input.h"
#include "cli/session.h"

namespace aml::amlmodel {
namespace {

class PredictCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "predict",
        .summary = "score the rows of a table",
        .description =
            "Writes the columns of FILE followed by the prediction: 'label' and one 'probability_CLASS' "
            "per class, or 'score' for a regression. Streams in bounded memory. A cell that is no "
            "value of its column's type counts as missing, and is reported.",
        .examples = {{"amlmodel predict penguins:1 new.csv > scored.csv", "score a file"},
                     {"amlprep apply p.prep.yaml raw.csv | amlmodel predict penguins -", "in a pipe"}},
        .flags = input_flags(input_),
        .positionals = {{"MODEL", "NAME[:VERSION], NAME@ALIAS, a run, or an .onnx file", &model_, cli::Complete::model},
                        {"FILE", "the table, - for standard input", &input_.file}},
        .output = cli::Output::data,
        .exit_notes = {"4  no such model or file", "6  a column is missing, or the table cannot be read"},
        .see_also = {"amlmodel-evaluate(1)", "amldeploy-score(1)"}};
    spec.flags.push_back({0,
                          "to",
                          "FORMAT",
                          "write csv, tsv or jsonl (default csv)",
                          &to_,
                          cli::Group::output,
                          cli::Complete::choice,
                          {"csv", "tsv", "jsonl"}});
    spec.flags.push_back(
        {0, "only-predictions", "", "leave the columns of FILE out", &only_predictions_, cli::Group::output});
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const auto scorer = TRY(open_scorer(session, model_, input_));
    const auto reader = TRY(open_input(session, input_));
    table::WriteOptions options;
    options.format = *table::parse_format(to_);
    const auto columns = only_predictions_ ? model::Columns::predictions : model::Columns::all;
    const auto report = TRY(model::predict_table(*reader, scorer, columns, session.out().data(), options));
    warn_unconverted(session, scorer, report.unconverted);
    session.detail(fmt::format("{} rows scored", report.rows));
    return cli::ExitCode::ok;
  }

 private:
  std::string model_;
  Input input_;
  std::string to_ = "csv";
  bool only_predictions_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_predict() { return cli::make<PredictCommand>(); }

}  // namespace aml::amlmodel
