#include "table/histogram.h"

#include <doctest/doctest.h>

using namespace aml::table;

namespace {

std::vector<QuantileSketch::Item> items_of(const std::vector<double>& values) {
  std::vector<QuantileSketch::Item> items;
  for (const double value : values) items.push_back({value, 1});
  return items;
}

}  // namespace

TEST_CASE("bins of whole numbers hold equally many of them") {
  const Histogram histogram = make_histogram(items_of({1, 1, 2, 3, 3, 3, 6}), 1.77, Spacing::whole);
  CHECK(histogram.begin == 1);
  CHECK(histogram.bin_width == 3);
  CHECK(histogram.counts == std::vector<uint64_t>{6, 1});
}

TEST_CASE("the largest value is in the last bin") {
  const Histogram histogram = make_histogram(items_of({0, 1, 2, 3, 4, 5, 6, 7, 8, 10}), 3.1, Spacing::any);
  uint64_t total = 0;
  for (const uint64_t count : histogram.counts) total += count;
  CHECK(total == 10);
  CHECK(histogram.counts.size() == 2);
  CHECK(histogram.bin_width == 5);
  CHECK(histogram.counts == std::vector<uint64_t>{5, 5});
}

TEST_CASE("equal values are one bin, and outliers do not make more than the limit") {
  CHECK(make_histogram(items_of({5, 5, 5}), 0, Spacing::any).counts == std::vector<uint64_t>{3});
  CHECK(make_histogram(items_of({5, 5}), 0, Spacing::whole).counts == std::vector<uint64_t>{2});
  CHECK(make_histogram(items_of({0, 1, 2, 1e300}), 1, Spacing::any).counts.size() == Histogram::kBinsMax);
  CHECK(make_histogram(items_of({-9e18, 9e18}), 1, Spacing::whole).counts.size() <= Histogram::kBinsMax);
}
