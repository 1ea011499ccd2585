#include "synth/units.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace aml::synth;

TEST_CASE("factors between units are exact where they end") {
  const auto has = [](const Decimal& factor) {
    return std::any_of(unit_factors().begin(), unit_factors().end(),
                       [&](const Decimal& f) { return compare(f, factor) == 0; });
  };
  CHECK(has({254, 2}));       // inch to cm
  CHECK(has({45359237, 8}));  // pound to kg
  CHECK(has({1609344, 3}));   // mile to m
}

TEST_CASE("the shortest ratio that rounds to the result is taken") {
  CHECK(to_text(*shortest_ratio({33, 0}, {11, 0})) == "3");
  CHECK(to_text(*shortest_ratio({86, 0}, {43, 0})) == "2");
  CHECK(to_text(*shortest_ratio({15596, 2}, {251, 0})) == "0.62135");
  CHECK(!shortest_ratio({0, 0}, {1, 0}));
  CHECK(!shortest_ratio({1, 0}, {0, 0}));
}
