#include <doctest/doctest.h>

#include <vector>

#include "base/random.h"
#include "kernel/dispatch.h"

namespace aml::kernel {
namespace {

constexpr int64_t kShift = 40;

struct Rows {
  size_t width;
  std::vector<uint8_t> bins;
  std::vector<uint32_t> offsets;
  std::vector<GradientPair> gradients;
};

Rows make_rows(size_t rows, size_t width) {
  const Random random(3, width);
  Rows made{width, {}, {}, {}};
  for (size_t i = 0; i < rows * width; ++i) made.bins.push_back(static_cast<uint8_t>(random.below_at(i, 256)));
  for (size_t f = 0; f < width; ++f) made.offsets.push_back(static_cast<uint32_t>(f * 260));
  for (size_t r = 0; r < rows; ++r)
    made.gradients.push_back({static_cast<int32_t>(random.at(1'000'000 + r)),
                              static_cast<int32_t>(random.below_at(2'000'000 + r, 1 << 22))});
  return made;
}

HistogramTask task_of(const Rows& rows, const std::vector<uint32_t>* chosen, std::vector<BinSum>& sums) {
  return {.bins = rows.bins.data(),
          .width = rows.width,
          .offsets = rows.offsets.data(),
          .gradients = rows.gradients.data(),
          .count_unit = int64_t{1} << kShift,
          .rows = chosen == nullptr ? nullptr : chosen->data(),
          .count = chosen == nullptr ? rows.gradients.size() : chosen->size(),
          .sums = sums.data()};
}

// The obvious way: one row, one feature at a time.
std::vector<BinSum> slow_histogram(const Rows& rows, const std::vector<uint32_t>& chosen) {
  std::vector<BinSum> sums(rows.width * 260);
  for (const uint32_t row : chosen)
    for (size_t f = 0; f < rows.width; ++f) {
      BinSum& sum = sums[f * 260 + rows.bins[row * rows.width + f]];
      sum.gradient += rows.gradients[row].gradient;
      sum.hessian_count += rows.gradients[row].hessian + (int64_t{1} << kShift);
    }
  return sums;
}

bool same(const std::vector<BinSum>& a, const std::vector<BinSum>& b) {
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i].gradient != b[i].gradient || a[i].hessian_count != b[i].hessian_count) return false;
  return a.size() == b.size();
}

}  // namespace

TEST_CASE("a histogram of all rows equals the slow one on every level") {
  for (const size_t width : std::initializer_list<size_t>{1, 3, 4, 28, 64}) {
    const Rows rows = make_rows(777, width);
    std::vector<uint32_t> all(777);
    for (uint32_t r = 0; r < 777; ++r) all[r] = r;
    const auto expected = slow_histogram(rows, all);
    for (const Level level : available_levels()) {
      std::vector<BinSum> sums(width * 260);
      kernels_of(level).histogram(task_of(rows, nullptr, sums));
      CHECK(same(sums, expected));
    }
  }
}

TEST_CASE("a histogram of chosen rows equals the slow one on every level") {
  const Rows rows = make_rows(2000, 9);
  for (const uint32_t count : {0U, 1U, 15U, 16U, 17U, 500U}) {
    std::vector<uint32_t> chosen;
    for (uint32_t i = 0; i < count; ++i) chosen.push_back(i * 3 + i % 2);
    const auto expected = slow_histogram(rows, chosen);
    for (const Level level : available_levels()) {
      std::vector<BinSum> sums(9 * 260);
      if (count != 0) kernels_of(level).histogram(task_of(rows, &chosen, sums));
      CHECK(same(sums, expected));
    }
  }
}

TEST_CASE("histograms subtract to the sibling's and add up again") {
  for (const Level level : available_levels()) {
    std::vector<int64_t> parent = {10, 20, INT64_MAX, -5, 7};
    const std::vector<int64_t> child = {1, 20, INT64_MAX, -6, 0};
    kernels_of(level).subtract(parent.data(), child.data(), child.size());
    CHECK(parent == std::vector<int64_t>{9, 0, 0, 1, 7});
    kernels_of(level).add(parent.data(), child.data(), child.size());
    CHECK(parent == std::vector<int64_t>{10, 20, INT64_MAX, -5, 7});
  }
}

TEST_CASE("partition keeps the order of both sides") {
  const Rows rows = make_rows(1000, 5);
  uint8_t goes_left[256];
  for (size_t bin = 0; bin < 256; ++bin) goes_left[bin] = bin % 3 == 0 ? 1 : 0;
  std::vector<uint32_t> expected_left, expected_right, all;
  for (uint32_t r = 0; r < 1000; r += 2) {
    all.push_back(r);
    (goes_left[rows.bins[r * 5 + 2]] != 0 ? expected_left : expected_right).push_back(r);
  }
  for (const Level level : available_levels()) {
    std::vector<uint32_t> left = all, right(all.size());
    const size_t count = kernels_of(level).partition({.column = rows.bins.data() + 2,
                                                      .stride = 5,
                                                      .goes_left = goes_left,
                                                      .rows = left.data(),
                                                      .count = left.size(),
                                                      .right = right.data()});
    left.resize(count);
    right.resize(all.size() - count);
    CHECK(left == expected_left);
    CHECK(right == expected_right);
  }
}

TEST_CASE("add_at adds to the rows named and to no other") {
  for (const Level level : available_levels()) {
    std::vector<double> values(6, 1.0);
    const std::vector<uint32_t> rows = {1, 4};
    kernels_of(level).add_at(values.data(), rows.data(), rows.size(), 0.5);
    CHECK(values == std::vector<double>{1, 1.5, 1, 1, 1.5, 1});
  }
}

}  // namespace aml::kernel
