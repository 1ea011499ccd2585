#include "inspect/correlation.h"

#include <doctest/doctest.h>

#include <limits>

using namespace aml::inspect;

TEST_CASE("straight lines correlate fully") {
  CHECK(*pearson({1, 2, 3}, {2, 4, 6}) == doctest::Approx(1));
  CHECK(*pearson({1, 2, 3}, {3, 2, 1}) == doctest::Approx(-1));
  CHECK(*pearson({1, 2, 3, 4}, {1, 3, 2, 4}) == doctest::Approx(0.8));
}

TEST_CASE("columns that do not vary have no correlation") {
  CHECK(!pearson({1, 1}, {1, 2}));
  CHECK(!pearson({1}, {1}));
  CHECK(!pearson({}, {}));
}

TEST_CASE("equal values share the mean of their ranks") {
  CHECK(ranks_of({10, 20, 20, 5}) == std::vector<double>{2, 3.5, 3.5, 1});
  CHECK(ranks_of({}).empty());
}

TEST_CASE("a matrix is symmetric and leaves out rows without a number") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const CorrelationMatrix matrix = correlate({{"a", {1, 2, 3, none}}, {"b", {1, 8, 27, 5}}});
  CHECK(matrix.names == std::vector<std::string>{"a", "b"});
  CHECK(*matrix.spearman_at(0, 1) == doctest::Approx(1));
  CHECK(*matrix.pearson_at(0, 1) == doctest::Approx(0.966282));
  CHECK(matrix.pearson_at(1, 0) == matrix.pearson_at(0, 1));
  CHECK(*matrix.pearson_at(0, 0) == doctest::Approx(1));
}
