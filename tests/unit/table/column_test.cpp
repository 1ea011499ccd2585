#include "table/column.h"

#include <doctest/doctest.h>

#include "table/batch.h"

using namespace aml::table;

TEST_CASE("a column tells valid, missing and failed cells apart") {
  ColumnBuilder builder(ColumnType::int64, KeepText::yes);
  builder.append_int(7, TextView("7"));
  builder.append_missing();
  builder.append_error(CellProblem::not_an_integer, TextView("x"));
  const ColumnPtr column = builder.finish();
  CHECK(column->rows() == 3);
  CHECK(column->is_valid(0));
  CHECK(column->is_missing(1));
  CHECK(!column->is_missing(2));
  CHECK(column->error_at(2)->problem == CellProblem::not_an_integer);
  CHECK(column->texts()[2].view() == "x");
  CHECK(column->valid_count() == 1);
}

TEST_CASE("owned text survives growth of the column") {
  ColumnBuilder builder(ColumnType::text);
  std::vector<std::string> expected;
  for (int i = 0; i < 5000; ++i) {
    expected.push_back("a text of some length, number " + std::to_string(i));
    builder.append_owned_text(expected.back());
  }
  const ColumnPtr column = builder.finish();
  for (size_t i = 0; i < expected.size(); ++i) CHECK(column->texts()[i].view() == expected[i]);
}

TEST_CASE("gather keeps values, text and reasons") {
  ColumnBuilder builder(ColumnType::float64, KeepText::yes);
  builder.append_double(1.5, TextView("1.50"));
  builder.append_error(CellProblem::not_a_number, TextView("abc"));
  builder.append_missing();
  const ColumnPtr column = builder.finish();
  const std::vector<uint32_t> rows = {2, 1, 0, 0};
  const ColumnPtr picked = gather(*column, rows);
  CHECK(picked->is_missing(0));
  CHECK(picked->error_at(1)->problem == CellProblem::not_a_number);
  CHECK(picked->doubles()[2] == 1.5);
  std::string text;
  picked->append_text(text, 3);
  CHECK(text == "1.50");
}

TEST_CASE("short texts live inside the view, longer ones do not") {
  const std::string exactly_12 = "123456789012", longer = "1234567890123";
  CHECK(TextView(exactly_12).is_inline());
  CHECK(!TextView(longer).is_inline());
  CHECK(TextView(longer) == TextView(longer));
  CHECK(!(TextView(longer) == TextView(exactly_12)));
}
