#include "table/cast.h"

#include <doctest/doctest.h>

#include <cmath>

#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

ColumnPtr text_column(const std::vector<std::string>& cells) {
  ColumnBuilder builder(ColumnType::text);
  for (const std::string& cell : cells) builder.append_owned_text(cell);
  return builder.finish();
}

// "7", "missing" or the reason.
std::string cast_one(const std::string& text, ColumnType type) {
  const ColumnPtr column = cast(*text_column({text}), type);
  if (const CellError* error = column->error_at(0)) return std::string(name_of(error->problem));
  if (column->is_missing(0)) return "missing";
  if (type == ColumnType::float64) return std::to_string(column->doubles()[0]);
  std::string value;
  append_value_text(value, type, type == ColumnType::boolean ? column->booleans()[0] : column->ints()[0]);
  return value;
}

ColumnType inferred(const std::vector<std::string>& cells) {
  TypeInference inference;
  inference.add(*text_column(cells));
  return inference.type();
}

}  // namespace

TEST_CASE("text becomes integers, or says why not") {
  CHECK(cast_one(" 42\t", ColumnType::int64) == "42");
  CHECK(cast_one("-0", ColumnType::int64) == "0");
  CHECK(cast_one("+7", ColumnType::int64) == "7");
  CHECK(cast_one("181.0", ColumnType::int64) == "181");
  CHECK(cast_one("9223372036854775807", ColumnType::int64) == "9223372036854775807");
  CHECK(cast_one("9223372036854775808", ColumnType::int64) == "out_of_range");
  CHECK(cast_one("1.5", ColumnType::int64) == "not_an_integer");
  CHECK(cast_one("1e3", ColumnType::int64) == "not_an_integer");
  CHECK(cast_one("abc", ColumnType::int64) == "not_an_integer");
  CHECK(cast_one("-", ColumnType::int64) == "not_an_integer");
  CHECK(cast_one("1 2", ColumnType::int64) == "not_an_integer");
  CHECK(cast_one("  ", ColumnType::int64) == "missing");
}

TEST_CASE("text becomes numbers, or says why not") {
  CHECK(cast_one("1.5e3", ColumnType::float64) == "1500.000000");
  CHECK(cast_one(".5", ColumnType::float64) == "0.500000");
  CHECK(cast_one("1e999", ColumnType::float64) == "out_of_range");
  CHECK(cast_one("nan", ColumnType::float64) == "not_a_number");
  CHECK(cast_one("1,5", ColumnType::float64) == "not_a_number");
  CHECK(cast_one("0x10", ColumnType::float64) == "not_a_number");
}

TEST_CASE("text becomes booleans in any case") {
  CHECK(cast_one("TRUE", ColumnType::boolean) == "true");
  CHECK(cast_one("Yes", ColumnType::boolean) == "true");
  CHECK(cast_one("1", ColumnType::boolean) == "true");
  CHECK(cast_one("no", ColumnType::boolean) == "false");
  CHECK(cast_one("2", ColumnType::boolean) == "not_a_boolean");
  CHECK(cast_one("y", ColumnType::boolean) == "not_a_boolean");
}

TEST_CASE("dates are ISO only, and day and month are never guessed") {
  CHECK(cast_one("2007-11-16", ColumnType::date) == "2007-11-16");
  CHECK(cast_one("2007-02-29", ColumnType::date) == "not_a_date");
  CHECK(cast_one("3/4/2007", ColumnType::date) == "ambiguous_date");
  CHECK(cast_one("03.04.07", ColumnType::date) == "ambiguous_date");
  CHECK(cast_one("13/4/2007", ColumnType::date) == "not_a_date");
  CHECK(cast_one("2007-1-6", ColumnType::date) == "not_a_date");
  CHECK(cast_one("0001-01-01", ColumnType::date) == "0001-01-01");
}

TEST_CASE("timestamps may lack zone and time of day") {
  CHECK(cast_one("2007-11-16T08:30:00Z", ColumnType::timestamp) == "2007-11-16T08:30:00Z");
  CHECK(cast_one("2007-11-16 08:30:00.25", ColumnType::timestamp) == "2007-11-16T08:30:00.250Z");
  CHECK(cast_one("2007-11-16T08:30:00+02:00", ColumnType::timestamp) == "2007-11-16T06:30:00Z");
  CHECK(cast_one("2007-11-16", ColumnType::timestamp) == "2007-11-16T00:00:00Z");
  CHECK(cast_one("1066-10-14", ColumnType::timestamp) == "out_of_range");
  CHECK(cast_one("2007-11-16T25:00:00Z", ColumnType::timestamp) == "not_a_timestamp");
  CHECK(cast_one(std::string(1000, '1'), ColumnType::timestamp) == "not_a_timestamp");
}

TEST_CASE("a cast keeps the text, missing cells and earlier errors") {
  ColumnBuilder builder(ColumnType::text);
  builder.append_owned_text("007");
  builder.append_missing();
  builder.append_error(CellProblem::not_utf8, TextView("\xff"));
  builder.append_owned_text("a text that is longer than a view");
  const ColumnPtr column = cast(*builder.finish(), ColumnType::int64);
  CHECK(column->ints()[0] == 7);
  CHECK(column->texts()[0].view() == "007");
  CHECK(column->is_missing(1));
  CHECK(column->error_at(2)->problem == CellProblem::not_utf8);
  CHECK(column->error_at(3)->problem == CellProblem::not_an_integer);
  CHECK(column->texts()[3].view() == "a text that is longer than a view");
  const ColumnPtr back = cast(*column, ColumnType::text);
  CHECK(back->texts()[0].view() == "007");
  CHECK(back->error_at(3)->problem == CellProblem::not_an_integer);
}

TEST_CASE("values without text convert by value") {
  ColumnBuilder numbers(ColumnType::float64);
  for (const double value : {3.0, 3.5, -0x1p63, 0x1p63, std::nan("")}) numbers.append_double(value);
  numbers.append_missing();
  const ColumnPtr whole = cast(*numbers.finish(), ColumnType::int64);
  CHECK(whole->ints()[0] == 3);
  CHECK(whole->error_at(1)->problem == CellProblem::not_an_integer);
  CHECK(whole->ints()[2] == INT64_MIN);
  CHECK(whole->error_at(3)->problem == CellProblem::out_of_range);
  CHECK(whole->error_at(4)->problem == CellProblem::not_an_integer);
  CHECK(whole->is_missing(5));

  ColumnBuilder stamps(ColumnType::timestamp);
  stamps.append_int(-1);
  const ColumnPtr dates = cast(*stamps.finish(), ColumnType::date);
  CHECK(dates->ints()[0] == -1);
  CHECK(cast(*dates, ColumnType::timestamp)->ints()[0] == -86'400'000'000'000);
  CHECK(cast(*dates, ColumnType::boolean)->error_at(0)->problem == CellProblem::not_a_boolean);
  CHECK(cast(*dates, ColumnType::text)->texts()[0].view() == "1969-12-31");
}

TEST_CASE("the narrowest type that fits all cells is inferred") {
  CHECK(inferred({"1", "-2", " 3 "}) == ColumnType::int64);
  CHECK(inferred({"0", "1", "0"}) == ColumnType::int64);
  CHECK(inferred({"1", "2.5"}) == ColumnType::float64);
  CHECK(inferred({"181.0", "2"}) == ColumnType::float64);
  CHECK(inferred({"yes", "NO"}) == ColumnType::boolean);
  CHECK(inferred({"yes", "1"}) == ColumnType::text);
  CHECK(inferred({"2007-11-16", "2008-01-02"}) == ColumnType::date);
  CHECK(inferred({"2007-11-16", "2008-01-02T00:00:00"}) == ColumnType::timestamp);
  CHECK(inferred({"2007", "2007-11-16"}) == ColumnType::text);
  CHECK(inferred({"1", "x"}) == ColumnType::text);
  CHECK(inferred({"", " "}) == ColumnType::text);
  CHECK(inferred({"", "5"}) == ColumnType::int64);
}

TEST_CASE("identifiers are not numbers") {
  CHECK(inferred({"007", "123"}) == ColumnType::text);
  CHECK(inferred({"-01"}) == ColumnType::text);
  CHECK(inferred({"0.5", "0"}) == ColumnType::float64);
  CHECK(inferred({"12345678901234567890", "1"}) == ColumnType::text);
  CHECK(inferred({"9223372036854775807"}) == ColumnType::int64);
}

TEST_CASE("inference sees all batches of a table") {
  ReadOptions options;
  options.batch_rows = 2;
  const auto table = testing::read_table("a,b,c\n1,1,x\n2,2,\n3,2.5,\n", options);
  const Table typed = infer_types(*table);
  CHECK((*typed.schema)[0].type == ColumnType::int64);
  CHECK((*typed.schema)[1].type == ColumnType::float64);
  CHECK((*typed.schema)[2].type == ColumnType::text);
  CHECK(typed.batches[0].columns[1]->doubles()[1] == 2.0);
  CHECK(typed.batches[1].columns[2]->is_missing(0));
}
