#include "model/convert.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

TEST_CASE("text becomes numbers, with words for what is not finite") {
  const Tensor numbers = convert(words({5}, {"1.5", "-2e3", "NaN", "INF", "-inf"}), ElementType::float64).value();
  CHECK(numbers.values<double>()[0] == 1.5);
  CHECK(numbers.values<double>()[1] == -2000);
  CHECK(std::isnan(numbers.values<double>()[2]));
  CHECK(numbers.values<double>()[3] == INFINITY);
  CHECK(numbers.values<double>()[4] == -INFINITY);
  CHECK(convert(words({1}, {"x"}), ElementType::float32).error().message == "'x' is not a number");
}

TEST_CASE("whole numbers of text keep all their digits") {
  CHECK(list<int64_t>(convert(words({1}, {"9007199254740993"}), ElementType::int64).value()) ==
        std::vector<int64_t>{9007199254740993});
}

TEST_CASE("numbers become the shortest text") {
  CHECK(list<std::string>(convert(floats({3}, {0.1F, 3, -INFINITY}), ElementType::string).value()) ==
        std::vector<std::string>{"0.1", "3", "-INF"});
  CHECK(list<std::string>(convert(ints({1}, {-7}), ElementType::string).value()) == std::vector<std::string>{"-7"});
}

TEST_CASE("floating numbers outside an integer's range have a defined value") {
  const auto smallest = std::numeric_limits<int64_t>::min();
  CHECK(list<int64_t>(convert(doubles({4}, {1e300, NAN, -1.9, 1.9}), ElementType::int64).value()) ==
        std::vector<int64_t>{smallest, smallest, -1, 1});
  CHECK(list<int32_t>(convert(doubles({2}, {3e9, -3.5}), ElementType::int32).value()) ==
        std::vector<int32_t>{std::numeric_limits<int32_t>::min(), -3});
}

TEST_CASE("everything but zero is true") {
  CHECK(list<uint8_t>(convert(doubles({4}, {0, -0.0, 0.5, NAN}), ElementType::boolean).value()) ==
        std::vector<uint8_t>{0, 0, 1, 1});
}
