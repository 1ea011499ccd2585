#include "model/post_transform.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace aml::model;

namespace {
std::vector<double> transformed(std::vector<double> scores, const char* name) {
  apply_post_transform(scores, parse_post_transform(name).value());
  return scores;
}
}  // namespace

TEST_CASE("softmax-zero leaves scores of zero out") {
  const auto scores = transformed({0, 1, 1}, "SOFTMAX_ZERO");
  CHECK(scores[0] == 0);
  CHECK(scores[1] == doctest::Approx(0.5));
}

TEST_CASE("logistic is symmetric and does not overflow") {
  CHECK(transformed({0, 1000, -1000}, "LOGISTIC") == std::vector<double>{0.5, 1, 0});
}

TEST_CASE("probit is the inverse of the normal distribution, to its approximation") {
  CHECK(transformed({0.5}, "PROBIT")[0] == doctest::Approx(0));
  CHECK(transformed({0.975}, "PROBIT")[0] == doctest::Approx(1.96).epsilon(0.01));
  CHECK(transformed({0.025}, "PROBIT")[0] == doctest::Approx(-1.96).epsilon(0.01));
}

TEST_CASE("an unknown transform is refused") { CHECK(!parse_post_transform("TANH").ok()); }
