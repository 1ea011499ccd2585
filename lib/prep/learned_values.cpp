#include "prep/learned_values.h"

#include <fmt/format.h>

namespace aml::prep {

text::Json json_of_cell(const table::Column& column, size_t row) {
  if (!column.is_valid(row)) return {};
  switch (column.type()) {
    case table::ColumnType::boolean: return column.booleans()[row] != 0;
    case table::ColumnType::int64: return column.ints()[row];
    case table::ColumnType::float64: return column.doubles()[row];
    default: break;
  }
  std::string text;
  if (column.type() == table::ColumnType::text) text = column.texts()[row].view();
  else table::append_value_text(text, column.type(), column.ints()[row]);
  return text;
}

Result<CellValue> cell_of_json(const text::Json& json, table::ColumnType type, std::string_view what) {
  if (json.is_null()) return CellValue::missing(type);
  if (json.is_array() || json.is_object())
    return Error{ErrorKind::bad_data, fmt::format("{} must be a single value", what), "amlprep fit writes them"};
  const auto boolean = json.as_bool();
  return CellValue::parse(boolean ? (*boolean ? "true" : "false") : json.string(), type, what);
}

Result<double> number_of_json(const text::Json& json, std::string_view what) {
  if (const auto number = json.as_double()) return *number;
  return Error{ErrorKind::bad_data, fmt::format("{} must be a number", what), "amlprep fit writes it"};
}

Result<const text::Json*> require_member(const text::Json& object, std::string_view key) {
  if (const text::Json* member = object.find(key)) return member;
  return Error{ErrorKind::bad_data, fmt::format("'values' needs '{}'", key), "amlprep fit writes it"};
}

}  // namespace aml::prep
