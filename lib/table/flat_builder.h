// Writes FlatBuffers, the format of Arrow's metadata: a buffer that grows towards its front, so that what is referred
// to exists before what refers to it. Places are counted from the end of the buffer.
//
//   root offset | … table: offset of its vtable, fields … | vtable: sizes, places of the fields | strings, vectors …
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aml::table {

class FlatBuilder {
 public:
  using Place = uint32_t;

  Place add_string(std::string_view text);
  Place add_vector(std::span<const Place> places);
  // A vector of structs of two 64-bit numbers.
  Place add_pairs(std::span<const std::pair<int64_t, int64_t>> pairs);

  // Between start_table and end_table nothing else is added.
  void start_table();
  void add_field(uint16_t slot, uint8_t value);
  void add_field(uint16_t slot, int16_t value);
  void add_field(uint16_t slot, int32_t value);
  void add_field(uint16_t slot, int64_t value);
  void add_reference(uint16_t slot, Place place);
  Place end_table();

  // The buffer, a multiple of 8 bytes long. Last.
  std::string finish(Place root);

 private:
  struct FieldPlace {
    uint16_t slot;
    Place place;
  };

  Place size() const { return static_cast<Place>(reversed_.size()); }
  void align(size_t alignment, size_t upcoming_bytes);
  template <class T>
  void push(T value);
  void push_offset(Place place);

  std::string reversed_;  // the bytes from the last to the first
  std::vector<FieldPlace> fields_;
  Place table_end_ = 0;
};

}  // namespace aml::table
