// Loops over the cells of a batch: the column arithmetic of expressions. Header-only, because each operation is a
// function known at compile time that the compiler inlines and vectorises.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace aml::kernel {

// out[i] = f(in[i]…) for every i. Sizes equal; `out` does not overlap an input.
template <class R, class F, class... A>
void map_cells(std::span<R> out, F f, std::span<const A>... in) {
  for (size_t i = 0; i < out.size(); ++i) out[i] = f(in[i]...);
}

// Validity bitmaps: bit i % 64 of word i / 64; bits past the last row are 0.
inline size_t bitmap_words(size_t rows) { return (rows + 63) / 64; }

inline bool test_bit(std::span<const uint64_t> words, size_t i) { return (words[i >> 6] >> (i & 63) & 1) != 0; }

inline void clear_bit(std::span<uint64_t> words, size_t i) { words[i >> 6] &= ~(uint64_t{1} << (i & 63)); }

inline void set_bit(std::span<uint64_t> words, size_t i) { words[i >> 6] |= uint64_t{1} << (i & 63); }

// Sets bits 0 … rows - 1 and clears the rest of the last word.
inline void set_bits(std::span<uint64_t> words, size_t rows) {
  for (uint64_t& word : words) word = ~uint64_t{0};
  if (rows % 64 != 0) words.back() = (uint64_t{1} << (rows % 64)) - 1;
}

// words &= other, over the words of `words`; `other` may be longer.
inline void and_bits(std::span<uint64_t> words, std::span<const uint64_t> other) {
  for (size_t i = 0; i < words.size(); ++i) words[i] &= other[i];
}

// Calls f(i) for every bit set, ascending.
template <class F>
void for_each_bit(std::span<const uint64_t> words, F f) {
  for (size_t w = 0; w < words.size(); ++w)
    for (uint64_t rest = words[w]; rest != 0; rest &= rest - 1) f(w * 64 + static_cast<size_t>(__builtin_ctzll(rest)));
}

}  // namespace aml::kernel
