#include "base/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace aml {

RunId RunId::make(Instant now, std::array<uint64_t, 2> entropy) {
  const auto unix_ms = static_cast<uint64_t>(now.unix_ns / 1'000'000) & 0xffff'ffff'ffffULL;
  // The 12 bits behind the version carry the fraction of the millisecond (RFC 9562, 6.2, method 3), so that ids
  // made one after the other on one machine sort in the order they were made.
  const auto fraction = static_cast<uint64_t>(now.unix_ns % 1'000'000) * 4096 / 1'000'000;
  const uint64_t high = unix_ms << 16 | 0x7000 | fraction;
  const uint64_t low = 0x8000'0000'0000'0000ULL | ((entropy[0] ^ entropy[1]) & 0x3fff'ffff'ffff'ffffULL);
  return RunId(fmt::format("{:016x}{:016x}", high, low));
}

std::optional<RunId> RunId::parse(std::string_view text) {
  const bool is_hex =
      std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (text.size() != 32 || !is_hex) return std::nullopt;
  return RunId(std::string(text));
}

Instant RunId::created() const {
  uint64_t unix_ms = 0;
  std::from_chars(text_.data(), text_.data() + std::min<size_t>(12, text_.size()), unix_ms, 16);
  return {static_cast<int64_t>(unix_ms) * 1'000'000};
}

}  // namespace aml
