// Rows kept in memory, in order, as compact bytes that can be read back in any order.
#pragma once

#include <span>
#include <vector>

#include "prep/row_arena.h"
#include "prep/row_codec.h"

namespace aml::prep {

class HeldRows {
 public:
  explicit HeldRows(table::SchemaPtr schema) : codec_(std::move(schema)) {}

  void add(const table::Batch& batch);

  size_t size() const { return rows_.size(); }
  uint64_t bytes() const { return arena_.bytes() + rows_.capacity() * sizeof(rows_[0]); }

  // The rows of these numbers.
  table::Batch read(std::span<const uint32_t> numbers) const;
  // Rows begin … end - 1.
  table::Batch read(size_t begin, size_t end) const;

 private:
  RowCodec codec_;
  RowArena arena_;
  std::vector<const char*> rows_;
};

}  // namespace aml::prep
