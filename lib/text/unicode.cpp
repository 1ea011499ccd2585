#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace aml::text {
namespace {

bool is_continuation(char byte) { return (static_cast<uint8_t>(byte) & 0xc0) == 0x80; }

uint32_t decode(std::string_view sequence) {
  const auto first = static_cast<uint8_t>(sequence[0]);
  if (sequence.size() == 1) return first;
  uint32_t value = first & (0xffU >> (sequence.size() + 1));
  for (size_t i = 1; i < sequence.size(); ++i) value = value << 6 | (static_cast<uint8_t>(sequence[i]) & 0x3f);
  return value;
}

struct Range {
  uint32_t first;
  uint32_t last;
};

// The blocks that matter in practice, from Unicode's EastAsianWidth.txt (W and F) and the combining blocks.
constexpr std::array kWide = {Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},  Range{0x3041, 0xa4cf},
                              Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},  Range{0xfe30, 0xfe6f},
                              Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},  Range{0x1f300, 0x1f64f},
                              Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd}};
constexpr std::array kCombining = {Range{0x0300, 0x036f}, Range{0x0483, 0x0489}, Range{0x0591, 0x05bd},
                                   Range{0x200b, 0x200f}, Range{0x20d0, 0x20f0}, Range{0xfe00, 0xfe0f},
                                   Range{0xfe20, 0xfe2f}};

template <size_t n>
bool is_in(const std::array<Range, n>& ranges, uint32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return value >= r.first && value <= r.last; });
}

size_t width_of(uint32_t value) {
  if (is_in(kCombining, value)) return 0;
  return is_in(kWide, value) ? 2 : 1;
}

bool is_control(uint32_t value) { return value < 0x20 || (value >= 0x7f && value < 0xa0); }

}  // namespace

size_t utf8_sequence_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<uint8_t>(text[0]);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i])) return 0;
  const auto second = static_cast<uint8_t>(text[1]);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return 0;
  if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return 0;
  return length;
}

void append_utf8(std::string& out, uint32_t code_point) {
  if ((code_point >= 0xd800 && code_point < 0xe000) || code_point > 0x10ffff) code_point = 0xfffd;
  if (code_point < 0x80) {
    out.push_back(static_cast<char>(code_point));
    return;
  }
  const unsigned more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;  // bytes behind the first
  constexpr uint32_t kLeads[] = {0, 0xc0, 0xe0, 0xf0};
  out.push_back(static_cast<char>(kLeads[more] | code_point >> (6 * more)));
  for (unsigned i = more; i-- > 0;) out.push_back(static_cast<char>(0x80 | (code_point >> (6 * i) & 0x3f)));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

size_t display_width(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    width += length == 0 ? 1 : width_of(decode(text.substr(0, length)));
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return width;
}

std::string fit_for_display(std::string_view text, size_t columns) {
  std::string out;
  size_t used = 0;
  size_t cut_at = 0;  // bytes of `out` that leave one column for the ellipsis
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    const uint32_t value = length == 0 ? 0 : decode(text.substr(0, length));
    const bool is_shown = length != 0 && !is_control(value);
    const size_t width = is_shown ? width_of(value) : 1;
    if (used + width > columns) {
      out.resize(cut_at);
      return columns == 0 ? std::string() : out + "…";
    }
    if (is_shown) out.append(text.substr(0, length));
    else out.push_back('?');
    used += width;
    if (used + 1 <= columns) cut_at = out.size();
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return out;
}

}  // namespace aml::text
