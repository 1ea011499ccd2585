#include "prep/pick.h"

namespace aml::prep {

table::SchemaPtr pick_fields(const table::Schema& schema, const std::vector<size_t>& columns) {
  std::vector<table::Field> fields;
  for (const size_t column : columns) fields.push_back(schema[column]);
  return std::make_shared<const table::Schema>(std::move(fields));
}

table::Batch pick_columns(const table::Batch& batch, const table::SchemaPtr& schema,
                          const std::vector<size_t>& columns) {
  std::vector<table::ColumnPtr> picked;
  for (const size_t column : columns) picked.push_back(batch.columns[column]);
  return with_columns(batch, schema, std::move(picked));
}

table::Batch with_columns(const table::Batch& batch, table::SchemaPtr schema, std::vector<table::ColumnPtr> columns) {
  return {std::move(schema), std::move(columns), batch.rows, batch.origin};
}

}  // namespace aml::prep
