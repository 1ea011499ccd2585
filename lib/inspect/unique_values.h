// Remembers every different text with the place it was first seen at, exactly, until a budget is used up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aml::inspect {

class UniqueValues {
 public:
  struct Place {
    uint32_t file = 0;  // a number of the caller's
    uint64_t line = 0;
  };

  // Where the text was seen before; nothing when it is new.
  std::optional<Place> add(std::string_view text, Place place);
  uint64_t size() const { return entries_.size(); }
  uint64_t bytes() const;

 private:
  static constexpr size_t kFirstSlots = 64;
  static constexpr uint32_t kEmpty = UINT32_MAX;
  struct Entry {
    uint64_t hash = 0;
    uint64_t begin = 0;  // in texts_
    uint32_t size = 0;
    uint32_t file = 0;
    uint64_t line = 0;
  };
  void grow();

  std::vector<uint32_t> slots_ = std::vector<uint32_t>(kFirstSlots, kEmpty);  // open addressing
  std::vector<Entry> entries_;
  std::string texts_;
};

}  // namespace aml::inspect
