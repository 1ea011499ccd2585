// From raw columns to features. Each column is looked at once over the training rows and gets a plan: a number, a set
// of categories, or left out with a reason. Learners take the encoded columns; learn/feature_graph.h writes the same
// plans into the ONNX graph, so that the model takes the raw columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "learn/holdout.h"
#include "table/batch.h"
#include "text/json.h"

namespace aml::learn {

enum class ColumnUse : uint8_t {
  number,      // integers, numbers; dates as days and timestamps as seconds since 1970
  categories,  // text and booleans: one 0/1 feature per category, a missing value being a category of its own
  dropped,
};
std::string_view name_of(ColumnUse use);

enum class DropReason : uint8_t {
  none,     // it is used
  label,    // it is what is predicted
  request,  // the user left it out
  useless,  // nothing can be learned from it; the plan's note says why
};

struct ColumnPlan {
  table::Field field;
  ColumnUse use = ColumnUse::dropped;
  DropReason dropped = DropReason::none;
  std::string note = {};                     // why it was dropped, or what else a user should know; may be empty
  uint64_t missing = 0;                      // training rows without a value (failed conversions included)
  double mean = 0;                           // numbers: over the training rows that have one
  double deviation = 1;                      // numbers: standard deviation, 1 for a constant
  std::vector<std::string> categories = {};  // ascending bytewise; "" stands for missing
};

// A column in the new row order of a RowOrder. Numbers: NaN is missing. Categories: the index in plan.categories, or
// categories.size() for any other text.
struct EncodedColumn {
  ColumnPlan plan;
  std::vector<double> numbers = {};
  std::vector<uint32_t> codes = {};
};

struct FeatureOptions {
  size_t label = 0;                  // the label's column
  std::vector<std::string> columns;  // use only these, if any are named
  std::vector<std::string> drop;     // leave these out
  uint64_t max_categories = 64;      // the most frequent ones of a column; others become all zeros
  unsigned threads = 1;
};

struct FeatureTable {
  std::vector<EncodedColumn> columns;  // in the table's order, dropped ones without values
  size_t rows = 0;
  size_t train_rows = 0;
};

// bad_data when no column is left to learn from; not_found for a column named in the options that is not there.
Result<FeatureTable> encode_columns(const table::Table& table, const RowOrder& order, const FeatureOptions& options,
                                    const Cancel* cancel);

text::Json to_json(const ColumnPlan& plan);

// One input of a learner: a number column, whether it was missing, or one category. Both the learners and the graph
// list them in this order: numbers, then indicators, then categories column by column.
struct Feature {
  enum class Kind : uint8_t { number, missing_indicator, category };
  Kind kind;
  size_t column;  // in FeatureTable::columns
  uint32_t category = 0;
};

enum class Indicators : uint8_t { no, yes };  // yes: for each number column that misses values
std::vector<Feature> list_features(const std::vector<EncodedColumn>& columns, Indicators indicators);

}  // namespace aml::learn
