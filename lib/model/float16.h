// The 16-bit floating kinds as their bits: IEEE half precision and bfloat16. Rounding is to nearest, halves to even.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace aml::model {

inline float from_bfloat16(uint16_t bits) { return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16); }

inline uint16_t to_bfloat16(float value) {
  const auto bits = std::bit_cast<uint32_t>(value);
  if (std::isnan(value)) return static_cast<uint16_t>((bits >> 16) | 0x40);  // stays NaN, quiet
  return static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// 1 sign bit, 5 bits of exponent (bias 15), 10 of fraction.
inline float from_float16(uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const int fraction = bits & 0x3ff;
  float magnitude = std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
  if (exponent == 0) magnitude = std::ldexp(static_cast<float>(fraction), -24);
  if (exponent == 31) magnitude = fraction != 0 ? NAN : INFINITY;
  return bits >> 15 ? -magnitude : magnitude;
}

inline uint16_t to_float16(float value) {
  const auto sign = static_cast<uint16_t>(std::signbit(value) ? 0x8000 : 0);
  if (std::isnan(value)) return static_cast<uint16_t>(sign | 0x7e00);
  const float magnitude = std::fabs(value);
  if (magnitude >= 65520.0F) return static_cast<uint16_t>(sign | 0x7c00);
  if (magnitude < 0x1p-14F)
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(magnitude * 0x1p24F)));
  int exponent = 0;
  const float fraction = std::frexp(magnitude, &exponent);                             // 0.5 ≤ fraction < 1
  const auto steps = static_cast<uint32_t>(std::nearbyint(std::ldexp(fraction, 11)));  // 1024 … 2048
  // A fraction rounded up to 2048 carries into the exponent by itself.
  return static_cast<uint16_t>(sign | ((static_cast<uint32_t>(exponent + 13) << 10) + steps));
}

}  // namespace aml::model
