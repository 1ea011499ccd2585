// Cells as they stand under `values` of a step, and back: numbers and booleans as such, all else as text.
#pragma once

#include "prep/cell_value.h"
#include "text/json.h"

namespace aml::prep {

inline constexpr size_t kLearnedMax = 100'000;  // groups or categories of one step: people are to read them

text::Json json_of_cell(const table::Column& column, size_t row);  // null for missing and for errors

// The error has no place: `what` is its subject.
Result<CellValue> cell_of_json(const text::Json& json, table::ColumnType type, std::string_view what);
Result<double> number_of_json(const text::Json& json, std::string_view what);

// The member of that name.
Result<const text::Json*> require_member(const text::Json& object, std::string_view key);

}  // namespace aml::prep
