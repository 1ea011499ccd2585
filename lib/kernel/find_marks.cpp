#include "kernel/find_marks.h"

#include <bit>

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

// Bit i is set when a mark stands at text[i].
uint64_t mark_bits(const char* text, Marks marks) {
  const __m128i first = _mm_set1_epi8(marks.first), second = _mm_set1_epi8(marks.second);
  const __m128i third = _mm_set1_epi8(marks.third), fourth = _mm_set1_epi8(marks.fourth);
  uint64_t bits = 0;
  for (size_t part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + part * 16));
    const __m128i low = _mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second));
    const __m128i high = _mm_or_si128(_mm_cmpeq_epi8(bytes, third), _mm_cmpeq_epi8(bytes, fourth));
    const auto found = static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(low, high)));
    bits |= static_cast<uint64_t>(found) << (part * 16);
  }
  return bits;
}

#else

uint64_t mark_bits(const char* text, Marks marks) {
  uint64_t bits = 0;
  for (size_t i = 0; i < kWordBytes; ++i) bits |= static_cast<uint64_t>(is_mark(text[i], marks)) << i;
  return bits;
}

#endif

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

}  // namespace aml::kernel
