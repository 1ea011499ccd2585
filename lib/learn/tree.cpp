#include "learn/tree.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/check.h"

namespace aml::learn {
namespace {

constexpr int kGradientBits = 30;    // |gradient| <= 2^30 fits int32, and 2^31 rows of it fit int64
constexpr int kHessianBitsMax = 24;  // beyond this the gradient's rounding dominates

// The largest power of two p with largest * p <= 2^bits.
double power_scale(double largest, int bits) {
  if (!(largest > 0)) return 1;
  int exponent = 0;
  const double fraction = std::frexp(largest, &exponent);  // largest = fraction * 2^exponent, 0.5 <= fraction < 1
  return std::ldexp(1.0, bits - exponent + (fraction == 0.5 ? 1 : 0));
}

}  // namespace

GradientForm choose_form(size_t rows, double gradient_max, double hessian_max) {
  AML_CHECK(rows <= kTrainRowsMax);
  const auto row_bits = static_cast<int>(std::bit_width(rows));
  const int hessian_bits = std::clamp(62 - 2 * row_bits, 0, kHessianBitsMax);
  return {.scale = {.gradient = power_scale(gradient_max, kGradientBits),
                    .hessian = power_scale(hessian_max, hessian_bits)},
          .count_shift = hessian_bits + row_bits};
}

}  // namespace aml::learn
