#include "model/float16.h"

#include <doctest/doctest.h>

using namespace aml::model;

TEST_CASE("every half and bfloat16 survives the way to float and back") {
  for (uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<uint16_t>(bits);
    if (!std::isnan(from_float16(half))) CHECK(to_float16(from_float16(half)) == half);
    if (!std::isnan(from_bfloat16(half))) CHECK(to_bfloat16(from_bfloat16(half)) == half);
  }
}

TEST_CASE("rounding is to nearest, halves to even, overflow to infinity") {
  CHECK(to_float16(1.0F + 0x1p-11F) == 0x3c00);
  CHECK(to_float16(1.0F + 3 * 0x1p-11F) == 0x3c02);
  CHECK(to_float16(65519.0F) == 0x7bff);
  CHECK(to_float16(65520.0F) == 0x7c00);
  CHECK(to_float16(-INFINITY) == 0xfc00);
  CHECK(to_bfloat16(1.0F + 0x1p-8F) == 0x3f80);
  CHECK(std::isnan(from_float16(to_float16(NAN))));
  CHECK(std::isnan(from_bfloat16(to_bfloat16(NAN))));
}
