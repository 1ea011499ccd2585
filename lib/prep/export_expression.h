// Expressions of packages as expressions of other languages, by a table of functions.
#pragma once

#include <string>

#include "base/result.h"
#include "prep/export.h"
#include "prep/export_plan.h"

namespace aml::prep {

struct ExportedTerm {
  std::string code;
  table::ColumnType type = table::ColumnType::text;
  bool is_column = true;  // false: the same for all rows
};

// The error of a function or combination of types that has no counterpart names it; its kind is `partial`.
Result<ExportedTerm> export_term(const Term& term, const ColumnTypes& types, ExportTarget target);

// A column's name, and text, as the language writes them.
std::string export_name(std::string_view name, ExportTarget target);
std::string export_text(std::string_view text, ExportTarget target);

}  // namespace aml::prep
