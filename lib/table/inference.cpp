// The part of table/cast.h that finds out which type a column has.
#include "table/cast.h"
#include "table/classify.h"

namespace aml::table {

void TypeInference::add_text(std::string_view text) {
  text = trim(text);
  if (text.empty()) return;
  const ColumnType type = classify(text).type;
  // A date far from our time is a date, but no timestamp in nanoseconds.
  type_ = type_ ? join_types(*type_, type) : type;
  if (type_ == ColumnType::timestamp && parse_scalar(text, ColumnType::timestamp).problem) type_ = ColumnType::text;
}

void TypeInference::add(const Column& column) {
  if (column.type() != ColumnType::text) {
    if (column.valid_count() > 0) type_ = type_ ? join_types(*type_, column.type()) : column.type();
    return;
  }
  for (size_t row = 0; row < column.rows() && type_ != ColumnType::text; ++row)
    if (column.is_valid(row)) add_text(column.texts()[row].view());
}

Table infer_types(const Table& table) {
  std::vector<Field> fields = table.schema->fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type != ColumnType::text) continue;
    TypeInference inference;
    for (const Batch& batch : table.batches) inference.add(*batch.columns[i]);
    fields[i].type = inference.type();
  }
  Table typed{std::make_shared<const Schema>(std::move(fields)), {}, table.rows};
  typed.batches.reserve(table.batches.size());
  for (const Batch& batch : table.batches) {
    Batch converted{typed.schema, {}, batch.rows, batch.origin};
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      const ColumnPtr& column = batch.columns[i];
      const ColumnType type = (*typed.schema)[i].type;
      converted.columns.push_back(column->type() == type ? column : cast(*column, type));
    }
    typed.batches.push_back(std::move(converted));
  }
  return typed;
}

}  // namespace aml::table
