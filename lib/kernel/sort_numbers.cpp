#include "kernel/sort_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "base/check.h"

namespace aml::kernel {
namespace {

constexpr size_t kBytes = 8;
constexpr uint64_t kSign = uint64_t{1} << 63;

// Bits that compare as the numbers do, and back.
uint64_t ordered_bits(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  return (bits & kSign) != 0 ? ~bits : bits ^ kSign;
}

size_t byte_of(double value, size_t byte) { return ordered_bits(value) >> (8 * byte) & 0xff; }

}  // namespace

void sort_numbers(std::span<double> values, std::span<double> scratch) {
  AML_CHECK(scratch.size() == values.size());
  if (values.empty()) return;
  std::array<std::array<uint32_t, 256>, kBytes> counts = {};
  for (const double value : values) {
    const uint64_t bits = ordered_bits(value);
    for (size_t byte = 0; byte < kBytes; ++byte) ++counts[byte][bits >> (8 * byte) & 0xff];
  }
  std::span<double> from = values, to = scratch;
  for (size_t byte = 0; byte < kBytes; ++byte) {
    if (counts[byte][byte_of(from[0], byte)] == values.size()) continue;  // the same in all
    uint32_t begin = 0;
    for (uint32_t& count : counts[byte]) begin += std::exchange(count, begin);
    for (const double value : from) to[counts[byte][byte_of(value, byte)]++] = value;
    std::swap(from, to);
  }
  if (from.data() != values.data()) std::copy(from.begin(), from.end(), values.begin());
}

}  // namespace aml::kernel
