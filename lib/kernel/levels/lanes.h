// Vectors of doubles as wide as the level's registers, and exp and log on them. Only for the sources in this folder.
//
// Why all levels agree to the last bit: lanes never mix except in sum_lanes, which always adds sixteen lanes in the
// same tree, whatever the register width; nothing is contracted into fused operations (-ffp-contract=off); and every
// operation used is exactly rounded by IEEE 754.
//
// Everything here is in an unnamed namespace: see types.h for why nothing may have external linkage.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aml::kernel::AML_KERNEL_LEVEL {
namespace {

#if defined(__AVX512F__)
constexpr size_t kVectorBytes = 64;
#elif defined(__AVX__)
constexpr size_t kVectorBytes = 32;
#else
constexpr size_t kVectorBytes = 16;
#endif

constexpr size_t kLanes = 16;
constexpr size_t kWidth = kVectorBytes / sizeof(double);
constexpr size_t kParts = kLanes / kWidth;

using Vector = double __attribute__((vector_size(kVectorBytes)));
using Words = int64_t __attribute__((vector_size(kVectorBytes)));
using Bits = uint64_t __attribute__((vector_size(kVectorBytes)));
using Floats = float __attribute__((vector_size(kVectorBytes / 2)));

inline Vector splat(double value) { return value - Vector{}; }

inline Vector load(const double* from) {
  Vector value;
  __builtin_memcpy(&value, from, sizeof(value));
  return value;
}
inline void store(double* to, Vector value) { __builtin_memcpy(to, &value, sizeof(value)); }

inline Vector load_floats(const float* from) {
  Floats value;
  __builtin_memcpy(&value, from, sizeof(value));
  return __builtin_convertvector(value, Vector);
}

inline Bits bits_of(Vector value) {
  Bits bits;
  __builtin_memcpy(&bits, &value, sizeof(bits));
  return bits;
}
inline Vector from_bits(Bits bits) {
  Vector value;
  __builtin_memcpy(&value, &bits, sizeof(value));
  return value;
}

inline Vector larger(Vector a, Vector b) { return a > b ? a : b; }
inline Vector smaller(Vector a, Vector b) { return a < b ? a : b; }
inline Vector magnitude(Vector a) { return from_bits(bits_of(a) & 0x7fffffffffffffffULL); }

// Adding this to a number below 2^51 in magnitude rounds it to an integer, to even on ties, and leaves the integer in
// the low bits of the sum.
constexpr double kRound = 0x1.8p52;

// Sixteen running sums, and their total by halving: lanes i and i + 8, then i and i + 4, …
struct Lanes {
  Vector part[kParts] = {};
};
inline double sum_lanes(const Lanes& lanes) {
  double sums[kLanes];
  __builtin_memcpy(sums, &lanes, sizeof(sums));
  for (size_t step = kLanes / 2; step != 0; step /= 2)
    for (size_t i = 0; i < step; ++i) sums[i] += sums[i + step];
  return sums[0];
}

// e^x for x that is not NaN; x is first brought into [-708, 709], where e^x is a normal number.
// x = n ln 2 + r with |r| <= 0.347. n ln2_high is exact (ln2_high has 32 bits, n at most 11), so r is off by at most
// 2^-54 + |n| 2^-86 < 2^-53.9. The Taylor polynomial of degree 13 leaves out less than r^14/14! * 1.03 < 2^-57.5
// relative to e^r; Horner's last two steps round by 2^-53 each and the earlier ones by less than 2^-54 together. So
// the result is within 2^-51.6 of e^x relatively, under 3 units in the last place (math_test sees under 1.1).
inline Vector exp(Vector x) {
  x = smaller(larger(x, splat(-708)), splat(709));
  const Vector shifted = x * 0x1.71547652b82fep+0 + kRound;
  const Vector n = shifted - kRound;
  const Vector r = (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33;
  constexpr double kFactorial[] = {
      1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
      1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       1.0 / 2,      1.0,         1.0};
  Vector sum = splat(kFactorial[0]);
  for (size_t i = 1; i < 14; ++i) sum = sum * r + kFactorial[i];
  return sum * from_bits((bits_of(shifted) + 1023) << 52);
}

// ln x for positive normal x. x = m 2^e with sqrt(1/2) <= m < sqrt(2); with s = (m - 1) / (m + 1),
// ln m = 2 (s + s^3/3 + s^5/5 + …), |s| < 0.1716; the terms from s^23/23 on are below 2^-59 relative to s.
// m - 1 is exact; m + 1, the division and the last sums round by 2^-53 each: 3 units in the last place in all where
// e = 0; otherwise |ln x| > 0.34 and e ln2_high (exact) dominates, which makes it less.
inline Vector log(Vector x) {
  constexpr uint64_t kRootHalf = 0x3fe6a09e667f3bcdULL;
  const Bits biased = (bits_of(x) - kRootHalf + (uint64_t{1024} << 52)) >> 52;
  const Vector m = from_bits(bits_of(x) - ((biased - 1024) << 52));
  const Vector e = from_bits(biased | 0x4330000000000000ULL) - (0x1p52 + 1024);
  const Vector s = (m - 1.0) / (m + 1.0);
  const Vector z = s * s;
  Vector series = splat(1.0 / 21);
  for (int odd = 19; odd >= 3; odd -= 2) series = series * z + 1.0 / odd;
  return e * 0x1.62e42fee00000p-1 + (2.0 * s + (2.0 * s * z * series + e * 0x1.a39ef35793c76p-33));
}

}  // namespace
}  // namespace aml::kernel::AML_KERNEL_LEVEL
