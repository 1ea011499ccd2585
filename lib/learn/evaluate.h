// Evaluates a model on a table with known labels: scores it batch by batch and computes learn/metrics.h over all rows.
#pragma once

#include <string>
#include <vector>

#include "learn/metrics.h"
#include "model/score.h"
#include "table/reader.h"

namespace aml::learn {

struct TableEvaluation {
  Evaluation evaluation;
  std::vector<model::Unconverted> unconverted;  // by column of the scorer's input_schema()
};

// `label` names the column with the true classes (compared as text) or values. Rows without a label are skipped and
// counted; a label column that is not there, or a regression's label that is no number, is bad_data.
Result<TableEvaluation> evaluate_table(table::Reader& reader, const model::BatchScorer& scorer,
                                       const std::string& label);

}  // namespace aml::learn
