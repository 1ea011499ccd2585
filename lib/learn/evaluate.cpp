#include "learn/evaluate.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

#include "table/cast.h"

namespace aml::learn {
namespace {

using table::ColumnType;

// Labels and scores of the rows seen so far: 4 bytes and one double per class for each row.
struct Collected {
  std::vector<uint32_t> labels;              // classification
  std::vector<double> probabilities;         // row-major
  std::vector<double> targets, predictions;  // regression
  uint64_t skipped = 0;
};

void collect_classes(const table::Column& labels, const table::Batch& scored, const std::vector<std::string>& classes,
                     Collected& collected) {
  std::map<std::string, uint32_t, std::less<>> index;
  for (size_t i = 0; i < classes.size(); ++i) index.emplace(classes[i], static_cast<uint32_t>(i));
  std::string text;
  for (size_t row = 0; row < scored.rows; ++row) {
    if (!labels.is_valid(row)) {
      ++collected.skipped;
      continue;
    }
    text.clear();
    labels.append_text(text, row);
    const auto found = index.find(text);
    collected.labels.push_back(found == index.end() ? kUnseenClass : found->second);
    // Column 0 is the predicted label; the probabilities follow in the order of the classes.
    for (size_t i = 0; i < classes.size(); ++i)
      collected.probabilities.push_back(scored.columns[i + 1]->doubles()[row]);
  }
}

Status collect_values(const table::Batch& batch, size_t label, const table::Batch& scored, Collected& collected) {
  const auto values = table::cast(*batch.columns[label], ColumnType::float64);
  if (!values->errors().empty()) {
    const size_t row = values->errors()[0].row;
    return Error{ErrorKind::bad_data, fmt::format("{}: label '{}' is not a number", table::place_of(batch, row),
                                                  values->texts()[row].view())};
  }
  for (size_t row = 0; row < scored.rows; ++row) {
    if (!values->is_valid(row)) {
      ++collected.skipped;
      continue;
    }
    collected.targets.push_back(values->doubles()[row]);
    collected.predictions.push_back(scored.columns[0]->doubles()[row]);
  }
  return {};
}

}  // namespace

Result<TableEvaluation> evaluate_table(table::Reader& reader, const model::BatchScorer& scorer,
                                       const std::string& label) {
  const size_t label_index = TRY(reader.schema()->require(label, "the table"));
  const model::Signature& signature = scorer.signature();
  const bool is_classification = signature.task == model::Task::classification;
  TableEvaluation result;
  result.unconverted.resize(scorer.input_schema().size());
  Collected collected;
  while (const auto batch = TRY(reader.next())) {
    const model::Scored scored = TRY(scorer.score_counted(*batch));
    model::add(result.unconverted, scored.unconverted);
    if (is_classification) collect_classes(*batch->columns[label_index], scored.batch, signature.classes, collected);
    else TRY(collect_values(*batch, label_index, scored.batch, collected));
  }
  if (is_classification) {
    result.evaluation =
        evaluate_classification({collected.labels, collected.probabilities, signature.classes, collected.skipped});
  } else {
    result.evaluation = evaluate_regression(collected.targets, collected.predictions);
    result.evaluation.skipped += collected.skipped;
  }
  return result;
}

}  // namespace aml::learn
