#include "table/quantile_sketch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

using namespace aml;
using namespace aml::table;

TEST_CASE("quantiles of few numbers are those of numpy and R") {
  QuantileSketch sketch(100);
  for (const double value : {4.0, 1.0, 3.0, 2.0}) sketch.add(value);
  const auto items = sketch.sorted_items();
  CHECK(sketch.is_exact());
  CHECK(quantile(items, 0) == 1.0);
  CHECK(quantile(items, 0.25) == 1.75);
  CHECK(quantile(items, 0.5) == 2.5);
  CHECK(quantile(items, 0.95) == doctest::Approx(3.85));
  CHECK(quantile(items, 1) == 4.0);
}

TEST_CASE("one number is every quantile") {
  QuantileSketch sketch(100);
  sketch.add(7);
  CHECK(quantile(sketch.sorted_items(), 0.05) == 7.0);
}

TEST_CASE("quantiles of many numbers are off by at most a thousandth of the ranks") {
  constexpr uint64_t kCount = 1'000'000;
  const Random random(5, 0);
  for (const int order : {0, 1, 2}) {
    QuantileSketch sketch(10'000);
    for (uint64_t i = 0; i < kCount; ++i) {
      const uint64_t rank = order == 0 ? i : order == 1 ? kCount - 1 - i : (i * 611'953) % kCount;
      sketch.add(static_cast<double>(rank));
    }
    CHECK(!sketch.is_exact());
    const auto items = sketch.sorted_items();
    uint64_t weight = 0;
    for (const auto& item : items) weight += item.weight;
    CHECK(weight == kCount);
    for (const double q : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0})
      CHECK(std::abs(quantile(items, q) - q * (kCount - 1)) <= 0.001 * kCount);
  }
}
