// Numbers the groups of rows that have equal values in some columns, in the order they first appear, and keeps those
// values. Without columns all rows are group 0.
#pragma once

#include <span>
#include <vector>

#include "prep/held_rows.h"
#include "prep/key_table.h"
#include "prep/row_key.h"

namespace aml::prep {

class GroupRows {
 public:
  GroupRows(const table::Schema& schema, std::vector<size_t> columns);

  // The group of each row of the batch; valid until the next call.
  std::span<const uint32_t> add(const table::Batch& batch);

  size_t count() const { return columns_.empty() ? 1 : table_.size(); }
  table::Batch keys(size_t begin, size_t end) const { return rows_.read(begin, end); }
  uint64_t bytes() const { return table_.bytes() + rows_.bytes(); }

 private:
  std::vector<size_t> columns_;
  table::SchemaPtr key_schema_;
  KeyEncoder encoder_;
  BatchKeys keys_;
  KeyTable table_;
  HeldRows rows_;  // the first of each group
  std::vector<uint32_t> groups_;
};

}  // namespace aml::prep
