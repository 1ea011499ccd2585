// A prep package as code that stands by itself: Python with pandas or PySpark, or SQL. A step is first taken apart into
// a few operations on columns and rows (export_plan.h), whose expressions are written by tables of functions
// (export_expression.h); what has no counterpart is named, never approximated. The code reads a table whose columns are
// all text, as the package does; a cell that does not convert becomes missing, as with `apply --errors missing`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace aml::prep {

enum class ExportTarget : uint8_t { pandas, sql, pyspark };
std::vector<std::string> export_target_names();
std::optional<ExportTarget> parse_export_target(std::string_view name);

struct ExportProblem {
  std::string place;   // "a.prep.yaml:7:5"
  std::string reason;  // "'sample' has no counterpart in sql"
};

struct ExportedCode {
  std::string code;  // with a comment where a step is left out
  std::vector<ExportProblem> problems;
};

// `document` is the text of the package `name`; it must load.
Result<ExportedCode> export_package(std::string_view document, std::string_view name, ExportTarget target);

}  // namespace aml::prep
