// From a table to a model: the one call behind `amlrun train`. The result is a function of the table, the options and
// nothing else: the same bytes for any number of threads and any processor.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "kernel/level.h"
#include "learn/learner.h"
#include "learn/metrics.h"
#include "table/batch.h"

namespace aml::learn {

struct TrainOptions {
  std::string learner = "fast_trees";
  std::string label;                          // name of the column to predict
  std::map<std::string, std::string> params;  // of the learner, and max_categories
  std::vector<std::string> columns;           // learn from these only, if any are named
  std::vector<std::string> drop;              // do not learn from these
  double validation = 0.2;                    // share of the rows that is held out, from 0 to 0.9
  uint64_t seed = 0;
  unsigned threads = 1;
  kernel::Level level = kernel::best_level();
  std::string version;          // of the tool, written into the model
  std::string table_name = {};  // for messages; may be empty
};

struct TrainedModel {
  std::string onnx;       // takes the raw columns
  text::Json summary;     // model.json: schema, learner, parameters, rows, columns, validation
  Evaluation validation;  // of the held-out rows; rows == 0 when none were held out
  std::vector<std::pair<std::string, std::string>> dropped;  // columns not used on our own decision, and why
  uint64_t train_rows = 0;
  uint64_t rows_without_label = 0;
};

// `table` has typed columns (table::infer_types). `cancel` may be null.
Result<TrainedModel> train(const table::Table& table, const TrainOptions& options, TrainProgress& progress,
                           const Cancel* cancel);

// Checks learner and parameters without a table, so that a mistyped name fails before any data is read.
Status check_learner(const TrainOptions& options);

}  // namespace aml::learn
