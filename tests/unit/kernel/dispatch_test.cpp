#include "kernel/dispatch.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace aml::kernel {

TEST_CASE("baseline is always available and levels ascend") {
  const auto levels = available_levels();
  REQUIRE(!levels.empty());
  CHECK(levels.front() == Level::baseline);
  CHECK(std::is_sorted(levels.begin(), levels.end()));
  CHECK(best_level() == levels.back());
}

TEST_CASE("level names read back") {
  for (const Level level : {Level::baseline, Level::avx2, Level::avx512}) CHECK(parse_level(name_of(level)) == level);
  CHECK_FALSE(parse_level("sse9").has_value());
}

TEST_CASE("every available level has a table of its own") {
  for (const Level level : available_levels())
    for (const Level other : available_levels()) CHECK((&kernels_of(level) == &kernels_of(other)) == (level == other));
}

}  // namespace aml::kernel
