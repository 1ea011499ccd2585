#include "kernel/sort_numbers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"

using aml::kernel::sort_numbers;

TEST_CASE("numbers of all sizes and signs are sorted as comparing sorts them") {
  const aml::Random random(9, 0);
  for (const size_t count : {0U, 1U, 2U, 3U, 1000U, 8193U}) {
    std::vector<double> values;
    for (size_t i = 0; i < count; ++i) {
      const double any = std::bit_cast<double>(random.at(i));
      values.push_back(i % 3 == 0 && !std::isnan(any) ? any : static_cast<double>(random.at(i) % 2000) / 8 - 100);
    }
    std::vector<double> expected = values;
    std::sort(expected.begin(), expected.end());
    std::vector<double> scratch(count);
    sort_numbers(values, scratch);
    CHECK(values == expected);
  }
}

TEST_CASE("infinities, tiny numbers and both zeros have their places") {
  const double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> values = {0.0, infinity, -1, 5e-324, -0.0, -infinity, 1, -5e-324};
  std::vector<double> scratch(values.size());
  sort_numbers(values, scratch);
  CHECK(values == std::vector<double>{-infinity, -1, -5e-324, -0.0, 0.0, 5e-324, 1, infinity});
  CHECK(std::signbit(values[3]));
  CHECK(!std::signbit(values[4]));
}
