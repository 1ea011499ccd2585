#include "prep/cell_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "table/cast.h"

namespace aml::prep {

using table::ColumnType;
using table::TextView;

Result<CellValue> CellValue::read(const text::Yaml& node, ColumnType type) {
  if (node.is_null()) return missing(type);
  if (!node.is_scalar()) return node.error("a value must be a single text, number, true, false or null");
  return parse(node.scalar(), type, node.place());
}

CellValue CellValue::missing(ColumnType type) {
  CellValue value;
  value.type_ = type;
  value.is_missing_ = true;
  return value;
}

Result<CellValue> CellValue::parse(std::string_view written, ColumnType type, std::string_view place) {
  CellValue value;
  value.type_ = type;
  value.text_ = std::make_shared<const std::string>(written);
  if (type == ColumnType::text) return value;
  const std::string_view trimmed = table::trim(written);
  if (!trimmed.empty()) value.scalar_ = table::parse_scalar(trimmed, type);
  if (trimmed.empty() || value.scalar_.problem)
    return Error{ErrorKind::bad_data,
                 fmt::format("{}: '{}' does not fit a column of type {}", place, written, table::name_of(type))};
  return value;
}

bool CellValue::equals(const table::Column& column, size_t row) const {
  if (is_missing_) return false;
  switch (type_) {
    case ColumnType::text: return column.texts()[row].view() == *text_;
    case ColumnType::boolean: return column.booleans()[row] == scalar_.whole;
    case ColumnType::float64: return column.doubles()[row] == scalar_.real;
    default: return column.ints()[row] == scalar_.whole;
  }
}

void CellValue::append_to(table::ColumnBuilder& builder) const {
  const TextView written{std::string_view(*text_)};
  if (is_missing_) builder.append_missing();
  else if (type_ == ColumnType::text) builder.append_text(written);
  else if (type_ == ColumnType::float64) builder.append_double(scalar_.real, written);
  else if (type_ == ColumnType::boolean) builder.append_boolean(scalar_.whole != 0, written);
  else builder.append_int(scalar_.whole, written);
}

table::ColumnBuilder start_copy(const table::Column& column) {
  table::ColumnBuilder builder(column.type(), column.texts().empty() ? table::KeepText::no : table::KeepText::yes);
  builder.reserve(column.rows());
  builder.pin_all(column);
  return builder;
}

namespace {

void copy_value(table::ColumnBuilder& builder, const table::Column& column, size_t row, TextView original) {
  if (const table::CellError* error = column.error_at(row)) builder.append_error(error->problem, original);
  else if (!column.is_valid(row)) builder.append_missing(original);
  else if (column.type() == ColumnType::text) builder.append_text(original);
  else if (column.type() == ColumnType::float64) builder.append_double(column.doubles()[row], original);
  else if (column.type() == ColumnType::boolean) builder.append_boolean(column.booleans()[row] != 0, original);
  else builder.append_int(column.ints()[row], original);
}

}  // namespace

void copy_cell(table::ColumnBuilder& builder, const table::Column& column, size_t row) {
  copy_value(builder, column, row, column.texts().empty() ? TextView() : column.texts()[row]);
}

table::ColumnPtr missing_column(ColumnType type, size_t rows) {
  table::ColumnBuilder builder(type);
  builder.reserve(rows);
  for (size_t row = 0; row < rows; ++row) builder.append_missing();
  return builder.finish();
}

void make_texts_alike(std::span<table::ColumnPtr> columns) {
  const auto has_text = [](const table::ColumnPtr& column) { return !column->texts().empty() || column->rows() == 0; };
  if (std::none_of(columns.begin(), columns.end(), has_text)) return;
  for (table::ColumnPtr& column : columns) {
    if (has_text(column)) continue;
    const table::ColumnPtr texts = table::cast(*column, ColumnType::text);
    table::ColumnBuilder builder(column->type(), table::KeepText::yes);
    builder.pin_all(*texts);
    for (size_t row = 0; row < column->rows(); ++row) copy_value(builder, *column, row, texts->texts()[row]);
    column = builder.finish();
  }
}

}  // namespace aml::prep
