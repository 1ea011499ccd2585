#include "prep/row_key.h"

#include <doctest/doctest.h>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

std::vector<std::string> keys_of(const TestColumn& column, Order order = Order::ascending) {
  const table::Batch batch = make_batch({column});
  BatchKeys keys;
  keys.encode(KeyEncoder({{0, order}}), batch);
  std::vector<std::string> copies;
  for (size_t row = 0; row < batch.rows; ++row) copies.emplace_back(keys[row]);
  return copies;
}

void check_ascending(const TestColumn& column) {
  const auto up = keys_of(column);
  const auto down = keys_of(column, Order::descending);
  for (size_t i = 1; i < up.size(); ++i) {
    CHECK(up[i - 1] < up[i]);
    CHECK(down[i - 1] > down[i]);
  }
}

}  // namespace

TEST_CASE("keys are ordered as the values are") {
  check_ascending({"i", ColumnType::int64, {"-9223372036854775808", "-1", "0", "1", "256", "9223372036854775807"}});
  check_ascending({"d", ColumnType::float64, {"-1e308", "-1.5", "-1e-320", "0", "1e-320", "1", "1.5", "1e308"}});
  check_ascending({"t",
                   ColumnType::text,
                   {std::string("a"), std::string("a\0", 2), std::string("a\0b", 3), "a\x01", "ab", "b", "\xff"}});
  check_ascending({"b", ColumnType::boolean, {"false", "true"}});
  check_ascending({"t", ColumnType::date, {"1969-12-31", "1970-01-01", "2020-02-29"}});
}

TEST_CASE("equal cells have equal keys and others do not") {
  const auto numbers = keys_of({"d", ColumnType::float64, {"0", "-0", "1", "1.0", "", "", "x", "y", "x"}});
  CHECK(numbers[0] == numbers[1]);
  CHECK(numbers[2] == numbers[3]);
  CHECK(numbers[4] == numbers[5]);
  CHECK(numbers[6] != numbers[7]);
  CHECK(numbers[6] == numbers[8]);
}
