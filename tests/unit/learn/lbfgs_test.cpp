#include "learn/lbfgs.h"

#include <doctest/doctest.h>

#include <cmath>

namespace aml::learn {
namespace {

// sum of scale_i (x_i - centre_i)^2 / 2
class Bowl final : public SmoothFunction {
 public:
  Bowl(std::vector<double> scale, std::vector<double> centre) : scale_(std::move(scale)), centre_(std::move(centre)) {}
  double evaluate(std::span<const double> x, std::span<double> gradient) override {
    double value = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      gradient[i] = scale_[i] * (x[i] - centre_[i]);
      value += gradient[i] * (x[i] - centre_[i]) / 2;
    }
    return value;
  }

 private:
  std::vector<double> scale_, centre_;
};

class Rosenbrock final : public SmoothFunction {
 public:
  double evaluate(std::span<const double> x, std::span<double> gradient) override {
    const double a = 1 - x[0], b = x[1] - x[0] * x[0];
    gradient[0] = -2 * a - 400 * x[0] * b;
    gradient[1] = 200 * b;
    return a * a + 100 * b * b;
  }
};

const kernel::KernelTable& kernels() { return kernel::kernels_of(kernel::Level::baseline); }

Status go_on(uint64_t, std::span<const double>) { return {}; }

}  // namespace

TEST_CASE("L-BFGS finds the minimum of an ill-conditioned bowl") {
  Bowl bowl({1, 100, 10'000, 1}, {1, -2, 3, 0});
  std::vector<double> x(4);
  const auto result = minimise(bowl, x, {.tolerance = 1e-15}, kernels(), go_on);
  REQUIRE(result.ok());
  CHECK(result->has_converged);
  CHECK(x[0] == doctest::Approx(1).epsilon(1e-6));
  CHECK(x[1] == doctest::Approx(-2).epsilon(1e-6));
  CHECK(x[2] == doctest::Approx(3).epsilon(1e-6));
}

TEST_CASE("L-BFGS walks down a curved valley") {
  Rosenbrock valley;
  std::vector<double> x = {-1.2, 1};
  const auto result = minimise(valley, x, {.tolerance = 1e-14}, kernels(), go_on);
  REQUIRE(result.ok());
  CHECK(x[0] == doctest::Approx(1).epsilon(1e-6));
  CHECK(x[1] == doctest::Approx(1).epsilon(1e-6));
  CHECK(result->iterations < 100);
}

TEST_CASE("with an L1 penalty coordinates shrink by the threshold or end at exactly 0") {
  // The minimum of s (x - c)^2 / 2 + p |x| is c shrunk towards 0 by p / s.
  Bowl bowl({1, 2, 1, 4}, {3, -2, 0.5, 10});
  std::vector<double> x(4);
  const auto result = minimise(bowl, x, {.tolerance = 1e-15, .l1 = {1, 1, 1, 0}}, kernels(), go_on);
  REQUIRE(result.ok());
  CHECK(x[0] == doctest::Approx(2));
  CHECK(x[1] == doctest::Approx(-1.5));
  CHECK(x[2] == 0);
  CHECK(x[3] == doctest::Approx(10));
}

TEST_CASE("the limit of iterations and an error of the observer both end the search") {
  Rosenbrock valley;
  std::vector<double> x = {-1.2, 1};
  const auto limited = minimise(valley, x, {.iterations_max = 3}, kernels(), go_on);
  REQUIRE(limited.ok());
  CHECK(limited->iterations == 3);
  CHECK_FALSE(limited->has_converged);
  std::vector<double> y = {-1.2, 1};
  const auto stopped = minimise(valley, y, {}, kernels(), [](uint64_t iteration, std::span<const double>) -> Status {
    if (iteration == 2) return Error{ErrorKind::interrupted, "interrupted"};
    return {};
  });
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().kind == ErrorKind::interrupted);
}

TEST_CASE("a start at the minimum converges at once") {
  Bowl bowl({1}, {5});
  std::vector<double> x = {5};
  const auto result = minimise(bowl, x, {}, kernels(), go_on);
  REQUIRE(result.ok());
  CHECK(result->iterations == 0);
  CHECK(x[0] == 5);
}

}  // namespace aml::learn
