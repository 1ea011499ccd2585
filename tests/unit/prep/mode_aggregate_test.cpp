#include "prep/mode_aggregate.h"

#include <doctest/doctest.h>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

TEST_CASE("the mode is the most frequent value of a group, the smallest of equally frequent ones") {
  ModeAggregate mode(ColumnType::int64);
  const auto column = make_column_of({"n", ColumnType::int64, {"9", "10", "9", "10", "", "x", "3"}});
  const std::vector<uint32_t> groups = {0, 0, 0, 0, 1, 1, 3};
  mode.add(*column, groups, 4);
  mode.add(*column, std::vector<uint32_t>(7, 2), 4);
  CHECK(show(*mode.results(0, 4)) == std::vector<std::string>{"9", "-", "9", "3"});
  CHECK(mode.bytes() > 0);
}
