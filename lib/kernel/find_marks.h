// The first pass over a block of delimited text: where the few bytes stand that mean something (separator, quote,
// line end). What they mean is decided by the scanners of table/, which look at nothing but these places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace aml::kernel {

// The bytes looked for. A byte may be named twice, for those who look for fewer.
struct Marks {
  char first = 0;
  char second = 0;
  char third = 0;
  char fourth = 0;
};

// Every place in `text` where a mark stands, ascending, into `places`, which has room for text.size() entries and
// kMarkSlack more. Returns how many there are.
inline constexpr size_t kMarkSlack = 8;
size_t find_marks(std::span<const char> text, Marks marks, std::span<uint32_t> places);

// True if a mark stands in `text`.
bool has_mark(std::span<const char> text, Marks marks);

}  // namespace aml::kernel
