#include "prep/group_rows.h"

#include "prep/pick.h"

namespace aml::prep {

GroupRows::GroupRows(const table::Schema& schema, std::vector<size_t> columns)
    : columns_(std::move(columns)),
      key_schema_(pick_fields(schema, columns_)),
      encoder_(key_parts(columns_)),
      rows_(key_schema_) {}

std::span<const uint32_t> GroupRows::add(const table::Batch& batch) {
  groups_.assign(batch.rows, 0);
  if (columns_.empty()) return groups_;
  keys_.encode(encoder_, batch);
  std::vector<uint32_t> first_rows;
  for (uint32_t row = 0; row < batch.rows; ++row) {
    const KeyTable::Found found = table_.insert(keys_[row]);
    groups_[row] = found.index;
    if (found.is_new) first_rows.push_back(row);
  }
  if (!first_rows.empty()) rows_.add(table::gather(pick_columns(batch, key_schema_, columns_), first_rows));
  return groups_;
}

}  // namespace aml::prep
