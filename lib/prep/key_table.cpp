#include "prep/key_table.h"

#include <cstring>

#include "table/value_counter.h"

namespace aml::prep {

size_t KeyTable::slot_of(uint64_t hash, std::string_view key) const {
  const size_t mask = slots_.size() - 1;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.index == Slot::kEmpty) return at;
    if (slot.tag != tag) continue;
    const Entry& entry = entries_[slot.index];
    if (entry.hash == hash && std::string_view(entry.key, entry.size) == key) return at;
  }
}

KeyTable::Found KeyTable::insert(std::string_view key) {
  const uint64_t hash = table::hash_text(key);
  Slot& slot = slots_[slot_of(hash, key)];
  if (slot.index != Slot::kEmpty) return {slot.index, false};
  const auto index = static_cast<uint32_t>(entries_.size());
  AML_CHECK(index != Slot::kEmpty);
  slot = {static_cast<uint32_t>(hash >> 32), index};
  char* copy = arena_.allocate(key.size());
  if (!key.empty()) std::memcpy(copy, key.data(), key.size());
  entries_.push_back({hash, copy, key.size()});
  if (entries_.size() * 2 > slots_.size()) grow();
  return {index, true};
}

std::optional<uint32_t> KeyTable::find(std::string_view key) const {
  const Slot& slot = slots_[slot_of(table::hash_text(key), key)];
  if (slot.index == Slot::kEmpty) return std::nullopt;
  return slot.index;
}

void KeyTable::grow() {
  slots_.assign(slots_.size() * 2, {});
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t at = entries_[i].hash & mask;
    while (slots_[at].index != Slot::kEmpty) at = (at + 1) & mask;
    slots_[at] = {static_cast<uint32_t>(entries_[i].hash >> 32), static_cast<uint32_t>(i)};
  }
}

}  // namespace aml::prep
