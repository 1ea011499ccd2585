// Scores tables: a batch of columns in, a batch of predictions out. Batch prediction, evaluation and the HTTP server
// all go through this class.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "model/signature.h"
#include "table/batch.h"

namespace aml::model {

struct ScoreOptions {
  // For a model with one [N,F] input that does not name its columns: which columns fill it, in order. Empty: the
  // columns named in the model, else (only when their number is F) all columns of the table in order.
  std::vector<std::string> input_columns = {};
};

// Cells of one input column with text that is no value of its type. Such a cell is scored as missing: one bad cell
// does not stop a file of a million rows, and the caller says so once.
struct Unconverted {
  uint64_t count = 0;
  std::string first = {};  // where, and what stood there: "new.csv:3: 'abc'"
  bool operator==(const Unconverted&) const = default;
};

// Adds those of a batch to those of the batches before it, column by column.
void add(std::vector<Unconverted>& total, const std::vector<Unconverted>& batch);

struct Scored {
  table::Batch batch;
  std::vector<Unconverted> unconverted;  // by column of input_schema()
};

// Columns are found by name: others are ignored, a missing one is bad_data naming it. Missing numbers are NaN, missing
// text is "". A model whose input is an integer or boolean cannot say "missing": there such a cell is bad_data.
//
// Output columns: `label` (text, integer, …) and one number `probability_CLASS` per class; `score` for a regression.
class BatchScorer {
 public:
  static Result<BatchScorer> create(std::shared_ptr<const Model> model);
  static Result<BatchScorer> create(std::shared_ptr<const Model> model, const ScoreOptions& options);

  const table::Schema& input_schema() const { return signature_.columns; }
  const table::SchemaPtr& output_schema() const { return output_schema_; }
  const Signature& signature() const { return signature_; }

  // Whether tables with these columns can be scored, before the first row is read; `table` is what the error calls it.
  Status check_columns(const table::Schema& columns, std::string_view table) const;

  Result<table::Batch> score(const table::Batch& batch) const;
  Result<Scored> score_counted(const table::Batch& batch) const;

 private:
  BatchScorer(std::shared_ptr<const Model> model, Signature signature, table::SchemaPtr output_schema);

  std::shared_ptr<const Model> model_;  // shared with the caller, who may hold several scorers of one model
  Signature signature_;
  table::SchemaPtr output_schema_;
};

}  // namespace aml::model
