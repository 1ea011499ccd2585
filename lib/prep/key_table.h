// Different keys, numbered in the order they came: open addressing on a hash, with the exact bytes of every key kept
// and compared, so that two keys are one only if they are equal.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "prep/row_arena.h"

namespace aml::prep {

class KeyTable {
 public:
  struct Found {
    uint32_t index = 0;
    bool is_new = false;
  };
  Found insert(std::string_view key);
  std::optional<uint32_t> find(std::string_view key) const;

  size_t size() const { return entries_.size(); }
  uint64_t bytes() const {
    return arena_.bytes() + slots_.capacity() * sizeof(Slot) + entries_.capacity() * sizeof(Entry);
  }
  // Taken while one more key is inserted: what grows stands there twice for a moment, and is twice as large then.
  uint64_t peak_bytes() const {
    const uint64_t slots = (entries_.size() + 1) * 2 > slots_.size() ? 2 * slots_.capacity() * sizeof(Slot) : 0;
    const uint64_t entries = entries_.size() == entries_.capacity() ? 2 * entries_.capacity() * sizeof(Entry) : 0;
    return bytes() + slots + entries;
  }

 private:
  struct Slot {
    static constexpr uint32_t kEmpty = UINT32_MAX;
    uint32_t tag = 0;  // some bits of the hash, so that most probes touch no entry
    uint32_t index = kEmpty;
  };
  struct Entry {
    uint64_t hash = 0;
    const char* key = nullptr;
    size_t size = 0;
  };

  size_t slot_of(uint64_t hash, std::string_view key) const;
  void grow();

  RowArena arena_;
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::vector<Entry> entries_;
};

}  // namespace aml::prep
