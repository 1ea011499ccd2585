// Cells of chosen columns as bytes whose order, by memcmp, is the order of the cells: what sort compares and what
// distinct, summarize and join look up. Two rows have the same bytes exactly if their cells are equal (0 and -0 are).
//
// One cell: a byte 0 (valid), 1 (error) or 2 (missing), so that missing comes last in either order; then, for
//   integer, date, timestamp   8 bytes, big-endian, sign bit turned over
//   number                     8 bytes, big-endian, all bits of a negative and the sign bit of others turned over
//   boolean                    1 byte
//   text                       its bytes, 00 as 00 FF, then 00 00
//   an error                   its reason in one byte, then the text that failed like a text
// and for descending order all these bytes are turned over.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table/batch.h"

namespace aml::prep {

enum class Order : uint8_t { ascending, descending };

struct KeyPart {
  size_t column = 0;
  Order order = Order::ascending;
};

// Columns in ascending order.
std::vector<KeyPart> key_parts(const std::vector<size_t>& columns);

// Measures and writes rows column by column: add the sizes, make room, then write at one cursor per row.
class KeyEncoder {
 public:
  explicit KeyEncoder(std::vector<KeyPart> parts) : parts_(std::move(parts)) {}

  void add_sizes(const table::Batch& batch, std::span<uint32_t> sizes) const;
  // Leaves each cursor behind what was written.
  void write(const table::Batch& batch, std::span<char*> cursors) const;

 private:
  std::vector<KeyPart> parts_;
};

// The keys of one batch; used again for the next, so that it allocates seldom.
class BatchKeys {
 public:
  void encode(const KeyEncoder& encoder, const table::Batch& batch);
  std::string_view operator[](size_t row) const { return {begins_[row], sizes_[row]}; }

 private:
  std::string bytes_;
  std::vector<uint32_t> sizes_;
  std::vector<const char*> begins_;
  std::vector<char*> cursors_;
};

}  // namespace aml::prep
