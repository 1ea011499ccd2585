// exp and log against the C library's long double ones, and the same bits on every level.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "kernel/dispatch.h"

namespace aml::kernel {
namespace {

double ulps_off(double value, long double exact) {
  const double rounded = static_cast<double>(exact);
  const double unit = std::nextafter(std::fabs(rounded), std::numeric_limits<double>::infinity()) - std::fabs(rounded);
  return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / static_cast<long double>(unit));
}

std::vector<double> points(double low, double high, size_t count) {
  const Random random(7, 1);
  std::vector<double> values(count);
  for (size_t i = 0; i < count; ++i) values[i] = low + (high - low) * random.unit_at(i);
  return values;
}

}  // namespace

TEST_CASE("exp is within two units in the last place") {
  std::vector<double> x = points(-708, 709, 200'001);
  for (const double near_zero : points(-1, 1, 100'000)) x.push_back(near_zero);
  std::vector<double> y = x;
  kernels_of(best_level()).exp(y.data(), y.size());
  double worst = 0;
  for (size_t i = 0; i < x.size(); ++i)
    worst = std::max(worst, ulps_off(y[i], std::exp(static_cast<long double>(x[i]))));
  CHECK(worst < 2.0);
}

TEST_CASE("exp of 0 is 1 and its ends are finite") {
  std::vector<double> values = {0, -0.0, 1, -1e300, 1e300, -708, 709};
  kernels_of(Level::baseline).exp(values.data(), values.size());
  CHECK(values[0] == 1);
  CHECK(values[1] == 1);
  CHECK(ulps_off(values[2], 2.718281828459045235L) < 2.0);
  CHECK(values[3] == values[5]);
  CHECK(values[4] == values[6]);
  CHECK(values[5] > 0);
  CHECK(std::isfinite(values[6]));
}

TEST_CASE("log is within three units in the last place") {
  std::vector<double> x = points(0.5, 2.5, 200'001);
  for (const double power : points(-1000, 1000, 100'000)) x.push_back(std::exp2(power));
  std::vector<double> y = x;
  kernels_of(best_level()).log(y.data(), y.size());
  double worst = 0;
  for (size_t i = 0; i < x.size(); ++i)
    worst = std::max(worst, ulps_off(y[i], std::log(static_cast<long double>(x[i]))));
  CHECK(worst < 3.0);
}

TEST_CASE("log of 1 is 0") {
  double one = 1;
  kernels_of(Level::baseline).log(&one, 1);
  CHECK(one == 0);
}

TEST_CASE("exp, log and dot give the same bits on every level") {
  const std::vector<double> x = points(-50, 50, 10'007);
  std::vector<double> exp_expected = x;
  kernels_of(Level::baseline).exp(exp_expected.data(), x.size());
  std::vector<double> log_expected = exp_expected;
  kernels_of(Level::baseline).log(log_expected.data(), x.size());
  const double dot_expected = kernels_of(Level::baseline).dot(x.data(), exp_expected.data(), x.size());
  for (const Level level : available_levels()) {
    std::vector<double> y = x;
    kernels_of(level).exp(y.data(), y.size());
    CHECK(y == exp_expected);
    CHECK(kernels_of(level).dot(x.data(), y.data(), y.size()) == dot_expected);
    kernels_of(level).log(y.data(), y.size());
    CHECK(y == log_expected);
  }
}

TEST_CASE("dot and add_scaled do what they say") {
  for (const Level level : available_levels()) {
    std::vector<double> a(37), b(37);
    double expected = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      a[i] = static_cast<double>(i);
      b[i] = static_cast<double>(2 * i + 1);
      expected += a[i] * b[i];  // integers: exact in any order
    }
    CHECK(kernels_of(level).dot(a.data(), b.data(), a.size()) == expected);
    kernels_of(level).add_scaled(a.data(), b.data(), a.size(), 3);
    CHECK(a[36] == 36 + 3 * 73);
  }
}

}  // namespace aml::kernel
