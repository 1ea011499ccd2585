#include "learn/tree.h"

#include <doctest/doctest.h>

namespace aml::learn {

TEST_CASE("gradient scales are the largest powers of two that fit") {
  CHECK(choose_form(1000, 1, 0.25).scale.gradient == 0x1p30);
  CHECK(choose_form(1000, 1, 0.25).scale.hessian == 0x1p26);
  CHECK(choose_form(1000, 1.5, 1).scale.gradient == 0x1p29);
  CHECK(choose_form(1000, 2, 1).scale.gradient == 0x1p29);
  CHECK(choose_form(1000, 0, 1).scale.gradient == 1);
}

TEST_CASE("sums over all rows stay below 2^63 for any number of rows allowed") {
  for (const size_t rows : {size_t{1}, size_t{344}, size_t{1} << 20, size_t{100'000'000}, kTrainRowsMax}) {
    const GradientForm form = choose_form(rows, 1, 0.25);
    const double hessian_max = 0.25 * form.scale.hessian;
    const double sum = static_cast<double>(rows) * hessian_max;
    CHECK(sum < static_cast<double>(int64_t{1} << form.count_shift));
    CHECK(static_cast<double>(rows + 1) * static_cast<double>(int64_t{1} << form.count_shift) <= 0x1p63);
  }
}

}  // namespace aml::learn
