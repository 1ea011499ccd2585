// The right side of a join in memory: its rows, and for each key those that have it, in their order.
#pragma once

#include "prep/held_rows.h"
#include "prep/key_table.h"
#include "prep/row_key.h"

namespace aml::prep {

class JoinTable {
 public:
  // Stands for no row: it reads as missing cells.
  static constexpr uint32_t kNoRow = 0;

  // `rows` are the columns to read back.
  explicit JoinTable(const table::SchemaPtr& rows);

  // `rows` and `keys` belong together; a row without a key is never found.
  void add(const table::Batch& rows, const BatchKeys& keys, const std::vector<bool>& has_key);

  uint32_t first_of(std::string_view key) const;                        // or kNoRow
  uint32_t next_of(uint32_t number) const { return next_[number]; }     // with the same key, or kNoRow
  uint32_t end() const { return static_cast<uint32_t>(rows_.size()); }  // behind the last; the first is 1
  table::Batch read(std::span<const uint32_t> numbers) const { return rows_.read(numbers); }

  uint64_t bytes() const;

 private:
  HeldRows rows_;
  KeyTable keys_;
  std::vector<uint32_t> first_;  // of each key
  std::vector<uint32_t> last_;
  std::vector<uint32_t> next_;  // of each row
};

}  // namespace aml::prep
