#include "inspect/unique_values.h"

#include "base/check.h"
#include "table/value_counter.h"

namespace aml::inspect {

std::optional<UniqueValues::Place> UniqueValues::add(std::string_view text, Place place) {
  const uint64_t hash = table::hash_text(text);
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at] != kEmpty; at = (at + 1) & mask) {
    const Entry& entry = entries_[slots_[at]];
    if (entry.hash == hash && std::string_view(texts_).substr(entry.begin, entry.size) == text)
      return Place{entry.file, entry.line};
  }
  AML_CHECK(entries_.size() < kEmpty);
  slots_[at] = static_cast<uint32_t>(entries_.size());
  entries_.push_back({hash, texts_.size(), static_cast<uint32_t>(text.size()), place.file, place.line});
  texts_ += text;
  if (entries_.size() * 2 > slots_.size()) grow();
  return std::nullopt;
}

uint64_t UniqueValues::bytes() const {
  return slots_.capacity() * sizeof(uint32_t) + entries_.capacity() * sizeof(Entry) + texts_.capacity();
}

void UniqueValues::grow() {
  slots_.assign(slots_.size() * 2, kEmpty);
  const size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t at = entries_[i].hash & mask;
    while (slots_[at] != kEmpty) at = (at + 1) & mask;
    slots_[at] = static_cast<uint32_t>(i);
  }
}

}  // namespace aml::inspect
