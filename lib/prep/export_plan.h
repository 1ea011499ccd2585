// The operations that code is written for: what the steps of a package come down to.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "prep/expression_tree.h"
#include "table/schema.h"
#include "text/yaml.h"

namespace aml::prep {

struct KeepColumns {
  std::vector<std::string> columns;
};
struct DropColumns {
  std::vector<std::string> columns;
};
struct RenameColumns {
  std::vector<std::pair<std::string, std::string>> names;  // all at once
};
struct AssignColumn {
  std::string column;
  Term value;
};
struct FilterRows {
  Term condition;
};
struct TakeRows {
  uint64_t count = 0;
};
struct DistinctRows {
  std::vector<std::string> columns;  // none: all
};
struct SortRows {
  std::vector<std::pair<std::string, bool>> keys;  // true: descending
};
struct SummarizeRows {
  struct Aggregate {
    std::string into;
    std::string function;
    std::string column;   // empty for the count of rows
    double quantile = 0;  // of the function quantile
  };
  std::vector<std::string> by;
  std::vector<Aggregate> aggregates;
};
using ExportOperation = std::variant<KeepColumns, DropColumns, RenameColumns, AssignColumn, FilterRows, TakeRows,
                                     DistinctRows, SortRows, SummarizeRows>;

// Types of the columns that have one; all others are text.
using ColumnTypes = std::map<std::string, table::ColumnType>;

// The operations of one step, or why there are none. `document` is the text of the package, which loads.
Result<std::vector<ExportOperation>> plan_step(const text::Yaml::Entry& step, std::string_view document,
                                               const ColumnTypes& types);

}  // namespace aml::prep
