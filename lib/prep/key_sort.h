// Sorts encoded rows by their keys (row_key.h) without comparing keys: eight bytes of each are sorted as a number, then
// the next eight within those that are equal so far, which are the only ones whose rows are looked at again. After Ng
// and Kakehi 2007, "Cache efficient radix sort for string sorting".
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace aml::prep {

// A key and an encoded row in one piece: the two sizes (4 bytes each), the key, the row.
struct SortRecord {
  std::string_view key;
  std::string_view row;
  std::string_view bytes;  // all of it

  static constexpr size_t kHeadBytes = 8;
  static size_t size_at(const char* head);
  static SortRecord at(const char* head);
};

struct SortEntry {
  uint64_t word = 0;  // eight bytes of the key as a number
  const char* record = nullptr;
};

// Bytes 8 * `index` to 8 * `index` + 7 of a key as a number that compares as they do; zeros stand behind its end.
uint64_t key_word(std::string_view key, size_t index);

// `entries` hold word 0 of their keys. Equal keys keep their order. `scratch` is room of the same size, made here.
void sort_by_key(std::span<SortEntry> entries, std::vector<SortEntry>& scratch);

}  // namespace aml::prep
