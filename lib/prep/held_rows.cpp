#include "prep/held_rows.h"

namespace aml::prep {

void HeldRows::add(const table::Batch& batch) {
  std::vector<uint32_t> sizes(batch.rows, 0);
  codec_.add_sizes(batch, sizes);
  std::vector<char*> cursors;
  cursors.reserve(batch.rows);
  for (const uint32_t size : sizes) {
    cursors.push_back(arena_.allocate(size));
    rows_.push_back(cursors.back());
  }
  codec_.write(batch, cursors);
}

table::Batch HeldRows::read(std::span<const uint32_t> numbers) const {
  std::vector<const char*> rows;
  rows.reserve(numbers.size());
  for (const uint32_t number : numbers) rows.push_back(rows_[number]);
  return codec_.decode(rows, arena_.pin());
}

table::Batch HeldRows::read(size_t begin, size_t end) const {
  return codec_.decode(std::span(rows_).subspan(begin, end - begin), arena_.pin());
}

}  // namespace aml::prep
