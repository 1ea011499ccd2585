#include "prep/join_table.h"

#include "prep/cell_value.h"

namespace aml::prep {

JoinTable::JoinTable(const table::SchemaPtr& rows) : rows_(rows) {
  table::Batch none{rows, {}, 1};
  for (const table::Field& field : rows->fields()) none.columns.push_back(missing_column(field.type, 1));
  rows_.add(none);
  next_.push_back(kNoRow);
}

void JoinTable::add(const table::Batch& rows, const BatchKeys& keys, const std::vector<bool>& has_key) {
  for (size_t row = 0; row < rows.rows; ++row) {
    const auto number = static_cast<uint32_t>(next_.size());
    next_.push_back(kNoRow);
    if (!has_key[row]) continue;
    const KeyTable::Found key = keys_.insert(keys[row]);
    if (key.is_new) {
      first_.push_back(number);
      last_.push_back(number);
    } else {
      next_[last_[key.index]] = number;
      last_[key.index] = number;
    }
  }
  rows_.add(rows);
}

uint32_t JoinTable::first_of(std::string_view key) const {
  const auto index = keys_.find(key);
  return index ? first_[*index] : kNoRow;
}

uint64_t JoinTable::bytes() const {
  return rows_.bytes() + keys_.bytes() + (first_.capacity() + last_.capacity() + next_.capacity()) * sizeof(uint32_t);
}

}  // namespace aml::prep
