#include "kernel/find_marks.h"

#include <bit>
#include <cstring>

#include "base/check.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace aml::kernel {
namespace {

constexpr size_t kWordBytes = 64;

bool is_mark(char byte, Marks marks) {
  return byte == marks.first || byte == marks.second || byte == marks.third || byte == marks.fourth;
}

#if defined(__SSE2__)

// Bit i is set when a mark stands at text[i], for 16 bytes.
uint32_t mark_bits_16(const char* text, Marks marks) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i low = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(marks.first)),
                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8(marks.second)));
  const __m128i high = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(marks.third)),
                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8(marks.fourth)));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(low, high)));
}

#else

uint32_t mark_bits_16(const char* text, Marks marks) {
  uint32_t bits = 0;
  for (size_t i = 0; i < 16; ++i) bits |= static_cast<uint32_t>(is_mark(text[i], marks)) << i;
  return bits;
}

#endif

uint64_t mark_bits(const char* text, Marks marks) {
  uint64_t bits = 0;
  for (size_t at = 0; at < kWordBytes; at += 16) bits |= uint64_t{mark_bits_16(text + at, marks)} << at;
  return bits;
}

// Writes eight places at a time and counts only the real ones: one hard-to-foresee branch less per word.
size_t append_places(uint64_t bits, uint32_t base, uint32_t* places) {
  const auto count = static_cast<size_t>(std::popcount(bits));
  for (size_t written = 0; written < count; written += kMarkSlack) {
    for (size_t i = 0; i < kMarkSlack; ++i) {
      places[written + i] = base + static_cast<uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
  return count;
}

}  // namespace

size_t find_marks(std::span<const char> text, Marks marks, std::span<uint32_t> places) {
  AML_CHECK(places.size() >= text.size() + kMarkSlack);
  size_t count = 0;
  size_t at = 0;
  for (; at + kWordBytes <= text.size(); at += kWordBytes)
    count += append_places(mark_bits(text.data() + at, marks), static_cast<uint32_t>(at), places.data() + count);
  for (; at < text.size(); ++at)
    if (is_mark(text[at], marks)) places[count++] = static_cast<uint32_t>(at);
  return count;
}

bool has_mark(std::span<const char> text, Marks marks) {
  const char* const begin = text.data();
  if (text.size() >= 16) {
    // The last 16 bytes overlap those before them.
    uint32_t bits = mark_bits_16(begin + text.size() - 16, marks);
    for (size_t at = 0; at + 16 < text.size() && bits == 0; at += 16) bits = mark_bits_16(begin + at, marks);
    return bits != 0;
  }
  char padded[16] = {};
  if (!text.empty()) std::memcpy(padded, begin, text.size());
  return (mark_bits_16(padded, marks) & ((1U << text.size()) - 1)) != 0;
}

}  // namespace aml::kernel
