#include "table/flat_builder.h"

#include <algorithm>
#include <type_traits>

namespace aml::table {

void FlatBuilder::align(size_t alignment, size_t upcoming_bytes) {
  while ((reversed_.size() + upcoming_bytes) % alignment != 0) reversed_.push_back('\0');
}

template <class T>
void FlatBuilder::push(T value) {
  align(sizeof(T), sizeof(T));
  const auto bits = static_cast<uint64_t>(static_cast<std::make_unsigned_t<T>>(value));
  for (size_t i = sizeof(T); i-- > 0;) reversed_.push_back(static_cast<char>(bits >> (8 * i) & 0xff));
}

void FlatBuilder::add_field(uint16_t slot, uint8_t value) {
  push(value);
  fields_.push_back({slot, size()});
}

void FlatBuilder::add_field(uint16_t slot, int16_t value) {
  push(value);
  fields_.push_back({slot, size()});
}

void FlatBuilder::add_field(uint16_t slot, int32_t value) {
  push(value);
  fields_.push_back({slot, size()});
}

void FlatBuilder::add_field(uint16_t slot, int64_t value) {
  push(value);
  fields_.push_back({slot, size()});
}

// The distance from here to what was written before.
void FlatBuilder::push_offset(Place place) {
  align(4, 4);
  push<uint32_t>(size() + 4 - place);
}

FlatBuilder::Place FlatBuilder::add_string(std::string_view text) {
  align(4, text.size() + 1);
  reversed_.push_back('\0');
  reversed_.append(text.rbegin(), text.rend());
  push(static_cast<uint32_t>(text.size()));
  return size();
}

FlatBuilder::Place FlatBuilder::add_vector(std::span<const Place> places) {
  align(4, places.size() * 4);
  for (size_t i = places.size(); i-- > 0;) push_offset(places[i]);
  push(static_cast<uint32_t>(places.size()));
  return size();
}

FlatBuilder::Place FlatBuilder::add_pairs(std::span<const std::pair<int64_t, int64_t>> pairs) {
  align(8, 0);
  for (size_t i = pairs.size(); i-- > 0;) {
    push(pairs[i].second);
    push(pairs[i].first);
  }
  push(static_cast<uint32_t>(pairs.size()));
  return size();
}

void FlatBuilder::start_table() {
  fields_.clear();
  table_end_ = size();
}

void FlatBuilder::add_reference(uint16_t slot, Place place) {
  push_offset(place);
  fields_.push_back({slot, size()});
}

// The table starts with the distance to its vtable, which is written right in front of it.
FlatBuilder::Place FlatBuilder::end_table() {
  push<int32_t>(0);
  const Place table = size();
  uint16_t slots = 0;
  for (const FieldPlace& field : fields_) slots = std::max<uint16_t>(slots, static_cast<uint16_t>(field.slot + 1));
  std::vector<uint16_t> distances(slots, 0);
  for (const FieldPlace& field : fields_) distances[field.slot] = static_cast<uint16_t>(table - field.place);
  for (size_t i = distances.size(); i-- > 0;) push(distances[i]);
  push(static_cast<uint16_t>(table - table_end_));
  push(static_cast<uint16_t>(4 + 2 * slots));
  const uint32_t distance = size() - table;
  for (size_t i = 0; i < 4; ++i) reversed_[table - 1 - i] = static_cast<char>(distance >> (8 * i) & 0xff);
  return table;
}

std::string FlatBuilder::finish(Place root) {
  align(8, 4);
  push_offset(root);
  return {reversed_.rbegin(), reversed_.rend()};
}

}  // namespace aml::table
