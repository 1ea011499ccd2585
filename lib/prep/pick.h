// A new order of columns: what keep and drop have in common.
#pragma once

#include "prep/step.h"

namespace aml::prep {

table::SchemaPtr pick_fields(const table::Schema& schema, const std::vector<size_t>& columns);
table::Batch pick_columns(const table::Batch& batch, const table::SchemaPtr& schema,
                          const std::vector<size_t>& columns);

// The batch with other columns of the same rows.
table::Batch with_columns(const table::Batch& batch, table::SchemaPtr schema, std::vector<table::ColumnPtr> columns);

}  // namespace aml::prep
