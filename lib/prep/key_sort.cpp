#include "prep/key_sort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace aml::prep {
namespace {

// Below this many entries, counting bytes costs more than comparing.
constexpr size_t kRadixMin = 600;
// Rows are asked for this many entries before they are needed.
constexpr size_t kPrefetchAhead = 16;
constexpr size_t kWordBytes = 8;

uint32_t load_size(const char* at) {
  uint32_t size;
  std::memcpy(&size, at, sizeof(size));
  return size;
}

std::string_view key_of(const SortEntry& entry) {
  return {entry.record + SortRecord::kHeadBytes, load_size(entry.record)};
}

size_t byte_of(uint64_t word, size_t byte) { return word >> (8 * byte) & 0xff; }

// From the last byte to the first; a byte that is the same in all words is passed over.
void radix_sort(std::span<SortEntry> entries, std::span<SortEntry> scratch) {
  std::array<std::array<uint32_t, 256>, kWordBytes> counts = {};
  for (const SortEntry& entry : entries)
    for (size_t byte = 0; byte < kWordBytes; ++byte) ++counts[byte][byte_of(entry.word, byte)];
  std::span<SortEntry> from = entries, to = scratch.first(entries.size());
  for (size_t byte = 0; byte < kWordBytes; ++byte) {
    if (counts[byte][byte_of(entries[0].word, byte)] == entries.size()) continue;
    uint32_t begin = 0;
    for (uint32_t& count : counts[byte]) begin += std::exchange(count, begin);
    for (const SortEntry& entry : from) to[counts[byte][byte_of(entry.word, byte)]++] = entry;
    std::swap(from, to);
  }
  if (from.data() != entries.data()) std::copy(from.begin(), from.end(), entries.begin());
}

void sort_by_word(std::span<SortEntry> entries, std::span<SortEntry> scratch) {
  if (entries.size() >= kRadixMin) return radix_sort(entries, scratch);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const SortEntry& a, const SortEntry& b) { return a.word < b.word; });
}

struct Group {
  size_t begin = 0;
  size_t end = 0;
  size_t word_index = 0;  // of the words the entries hold
};

}  // namespace

size_t SortRecord::size_at(const char* head) {
  return kHeadBytes + load_size(head) + load_size(head + sizeof(uint32_t));
}

SortRecord SortRecord::at(const char* head) {
  const uint32_t key_size = load_size(head);
  const std::string_view bytes(head, size_at(head));
  return {bytes.substr(kHeadBytes, key_size), bytes.substr(kHeadBytes + key_size), bytes};
}

uint64_t key_word(std::string_view key, size_t index) {
  const size_t begin = index * kWordBytes;
  if (begin >= key.size()) return 0;
  uint64_t word = 0;
  std::memcpy(&word, key.data() + begin, std::min(key.size() - begin, kWordBytes));
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

void sort_by_key(std::span<SortEntry> entries, std::vector<SortEntry>& scratch) {
  if (entries.empty()) return;
  if (scratch.size() < entries.size()) scratch.resize(entries.size());
  std::vector<Group> open = {{0, entries.size(), 0}};
  while (!open.empty()) {
    const Group group = open.back();
    open.pop_back();
    const auto part = entries.subspan(group.begin, group.end - group.begin);
    sort_by_word(part, scratch);
    for (size_t begin = 0, end = 0; begin < part.size(); begin = end) {
      for (end = begin + 1; end < part.size() && part[end].word == part[begin].word;) ++end;
      // No key is the beginning of another, so where one of them ends all are equal.
      const size_t next = group.word_index + 1;
      if (end - begin == 1 || key_of(part[begin]).size() <= next * kWordBytes) continue;
      for (size_t i = begin; i < end; ++i) {
        if (i + kPrefetchAhead < end) __builtin_prefetch(part[i + kPrefetchAhead].record);
        part[i].word = key_word(key_of(part[i]), next);
      }
      open.push_back({group.begin + begin, group.begin + end, next});
    }
  }
}

}  // namespace aml::prep
