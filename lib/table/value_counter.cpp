#include "table/value_counter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace aml::table {
namespace {

uint64_t mix(uint64_t z) {  // SplitMix64's finaliser
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

uint64_t load_word(const char* bytes, size_t size) {
  uint64_t word = 0;
  if (std::endian::native == std::endian::little && size >= 4 && size <= 8) {
    // Two loads that overlap: a copy of no fixed size would be a call.
    uint32_t low, high;
    std::memcpy(&low, bytes, sizeof(low));
    std::memcpy(&high, bytes + size - sizeof(high), sizeof(high));
    return low | uint64_t{high} << (8 * (size - sizeof(high)));
  }
  std::memcpy(&word, bytes, size);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Ertl's sigma and tau: what the registers that hold nothing, or all they can, stand for.
double sigma(double x) {
  if (x == 1) return HUGE_VAL;
  double y = 1, z = x, last;
  do {
    x *= x;
    last = z;
    z += x * y;
    y += y;
  } while (last != z);
  return z;
}

double tau(double x) {
  if (x == 0 || x == 1) return 0;
  double y = 1, z = 1 - x, last;
  do {
    x = std::sqrt(x);
    last = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  } while (last != z);
  return z / 3;
}

}  // namespace

uint64_t hash_text(std::string_view text) {
  uint64_t hash = 0x9e3779b97f4a7c15ULL ^ text.size();
  for (; text.size() > 8; text.remove_prefix(8)) hash = mix(hash ^ load_word(text.data(), 8)) * 0x9e3779b97f4a7c15ULL;
  return mix(hash ^ mix(load_word(text.data(), text.size()) + text.size()));
}

void CardinalitySketch::add(uint64_t hash) {
  const size_t index = hash >> (64 - kBits);
  const int rank = std::countl_zero((hash << kBits) | (uint64_t{1} << (kBits - 1))) + 1;
  registers_[index] = std::max(registers_[index], static_cast<uint8_t>(rank));
}

uint64_t CardinalitySketch::estimate() const {
  constexpr int kMaxRank = 64 - kBits;
  std::array<uint32_t, kMaxRank + 2> counts = {};
  for (const uint8_t rank : registers_) ++counts[rank];
  const auto m = static_cast<double>(registers_.size());
  double z = m * tau(1 - counts[kMaxRank + 1] / m);
  for (int rank = kMaxRank; rank >= 1; --rank) z = 0.5 * (z + counts[static_cast<size_t>(rank)]);
  z += m * sigma(counts[0] / m);
  return static_cast<uint64_t>(std::llround(m * m / (2 * std::log(2.0)) / z));
}

ValueCounter::Slot& ValueCounter::slot_of(uint64_t hash, std::string_view text) {
  const size_t mask = slots_.size() - 1;
  const uint32_t tag = tag_of(hash);
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.index == Slot::kEmpty) return slot;
    if (slot.tag != tag) continue;
    const Entry& entry = entries_[slot.index];
    if (entry.hash == hash && entry.size == text.size() && text.starts_with(entry.text)) return slot;
  }
}

void ValueCounter::add_all(std::span<const std::string_view> texts) {
  constexpr size_t kAhead = 16;
  std::array<uint64_t, kAhead> hashes;
  for (; !texts.empty(); texts = texts.subspan(std::min(kAhead, texts.size()))) {
    const size_t count = std::min(kAhead, texts.size());
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = hash_text(texts[i]);
      __builtin_prefetch(&slots_[hashes[i] & (slots_.size() - 1)]);
    }
    for (size_t i = 0; i < count; ++i) {
      const Slot& slot = slots_[hashes[i] & (slots_.size() - 1)];
      if (slot.tag == tag_of(hashes[i]) && slot.index != Slot::kEmpty) __builtin_prefetch(&entries_[slot.index]);
    }
    for (size_t i = 0; i < count; ++i) add_hashed(hashes[i], texts[i], 1);
  }
}

void ValueCounter::add_hashed(uint64_t hash, std::string_view text, uint64_t times) {
  if (!sketch_.empty()) sketch_[0].add(hash);
  Slot& slot = slot_of(hash, text);
  if (slot.index != Slot::kEmpty) {
    entries_[slot.index].count += times;
    return;
  }
  slot = {tag_of(hash), static_cast<uint32_t>(entries_.size())};
  entries_.push_back({hash, times, text.size(), std::string(text.substr(0, kTextMax))});
  if (entries_.size() > values_max_) purge();
  else if (entries_.size() * 2 > slots_.size()) rebuild_slots(slots_.size() * 2);
}

void ValueCounter::rebuild_slots(size_t count) {
  slots_.assign(count, {});
  const size_t mask = count - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t at = entries_[i].hash & mask;
    while (slots_[at].index != Slot::kEmpty) at = (at + 1) & mask;
    slots_[at] = {tag_of(entries_[i].hash), static_cast<uint32_t>(i)};
  }
}

// Takes the median count off every value and drops those that have nothing left: half of them at least.
void ValueCounter::purge() {
  if (sketch_.empty()) {
    sketch_.emplace_back();
    for (const Entry& entry : entries_) sketch_[0].add(entry.hash);
  }
  std::vector<uint64_t> counts;
  for (const Entry& entry : entries_) counts.push_back(entry.count);
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  const uint64_t median = *middle;
  std::erase_if(entries_, [median](const Entry& entry) { return entry.count <= median; });
  for (Entry& entry : entries_) entry.count -= median;
  purged_ += median;
  rebuild_slots(slots_.size());
}

std::vector<ValueCounter::Value> ValueCounter::top(size_t limit) const {
  std::vector<const Entry*> order;
  for (const Entry& entry : entries_)
    if (entry.count > purged_ || purged_ == 0) order.push_back(&entry);
  const size_t kept = std::min(limit, order.size());
  std::partial_sort(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
      [](const Entry* a, const Entry* b) { return a->count != b->count ? a->count > b->count : a->text < b->text; });
  std::vector<Value> values;
  for (size_t i = 0; i < kept; ++i) values.push_back({order[i]->text, order[i]->count});
  return values;
}

}  // namespace aml::table
