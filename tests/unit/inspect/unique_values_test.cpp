#include "inspect/unique_values.h"

#include <doctest/doctest.h>

using namespace aml::inspect;

TEST_CASE("a value is known from its second time on, with its first place") {
  UniqueValues values;
  CHECK(!values.add("a", {0, 2}));
  CHECK(!values.add("", {0, 3}));
  const auto first = values.add("a", {1, 9});
  REQUIRE(first.has_value());
  CHECK(first->file == 0);
  CHECK(first->line == 2);
  CHECK(values.size() == 2);
}

TEST_CASE("many values are all told apart") {
  UniqueValues values;
  for (uint64_t i = 0; i < 100'000; ++i) CHECK(!values.add(std::to_string(i), {0, i}));
  for (uint64_t i = 0; i < 100'000; i += 997) CHECK(values.add(std::to_string(i), {0, 0})->line == i);
  CHECK(values.bytes() > 100'000 * 5);
}
