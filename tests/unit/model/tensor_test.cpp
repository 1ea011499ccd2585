#include "model/tensor.h"

#include <doctest/doctest.h>

using namespace aml::model;

TEST_CASE("a tensor given another shape keeps its elements without a copy") {
  const Tensor x = vector_of(std::vector<double>{1, 2, 3, 4, 5, 6});
  const Tensor y = x.reshaped({2, 3});
  CHECK(y.shape() == Shape{2, 3});
  CHECK(y.values<double>().data() == x.values<double>().data());
}

TEST_CASE("the element count of a shape is nothing when it is negative or overflows") {
  CHECK(element_count({}) == 1);
  CHECK(element_count({3, 4}) == 12);
  CHECK(element_count({3, 0, 4}) == 0);
  CHECK(!element_count({3, -1}));
  CHECK(!element_count({int64_t{1} << 32, int64_t{1} << 32}));
  CHECK(!element_count({0, int64_t{1} << 62, int64_t{1} << 62}));
}

TEST_CASE("a matrix is filled row by row") {
  const Tensor x = matrix_of({1, 2, 3, 4}, 2);
  CHECK(x.shape() == Shape{2, 2});
  CHECK(to_text(x.shape()) == "[2,2]");
  CHECK(to_text({-1, 3}) == "[?,3]");
}
