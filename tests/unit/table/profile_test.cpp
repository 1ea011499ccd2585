#include "table/profile.h"

#include <doctest/doctest.h>

#include "table/profile_text.h"
#include "unit/table/table_testing.h"

using namespace aml;
using namespace aml::table;

namespace {

TableProfile profiled(std::string csv, const ProfileOptions& options = {}, const ReadOptions& read = {}) {
  auto reader = open_reader(std::make_unique<StringSource>(std::move(csv)), "t.csv", read, nullptr);
  REQUIRE(reader.ok());
  auto profile = profile_table(**reader, "t.csv", options);
  REQUIRE(profile.ok());
  return *profile;
}

}  // namespace

TEST_CASE("numbers are summed up exactly") {
  const TableProfile table = profiled("x\n4\n1\nNA\n3\n\n2\n");
  const ColumnProfile& column = table.columns[0];
  CHECK(table.is_complete);
  CHECK(column.type == ColumnType::int64);
  CHECK(column.rows == 6);
  CHECK(column.values == 4);
  CHECK(column.missing == 2);
  CHECK(column.missing_words.size() == 1);
  CHECK(column.missing_words[0].text == "NA");
  CHECK(column.distinct == 4);
  CHECK(*column.min == "1");
  CHECK(*column.max == "4");
  CHECK(column.numbers->mean == 2.5);
  CHECK(*column.numbers->sd == doctest::Approx(1.2909944487));
  CHECK(column.numbers->median == 2.5);
}

TEST_CASE("the spread of large numbers keeps its digits") {
  const TableProfile table = profiled("x\n1000000000000.1\n1000000000000.2\n1000000000000.3\n");
  CHECK(*table.columns[0].numbers->sd == doctest::Approx(0.1).epsilon(1e-3));
}

TEST_CASE("integers beyond the precision of doubles keep their range") {
  const ColumnProfile column = profiled("x\n9007199254740993\n9223372036854775807\n").columns[0];
  CHECK(*column.min == "9007199254740993");
  CHECK(*column.max == "9223372036854775807");
}

TEST_CASE("text shows its frequent values and lengths in characters") {
  const ColumnProfile column = profiled("x\nm\xc3\xa9\nb\nb\nNA\n").columns[0];
  CHECK(column.type == ColumnType::text);
  CHECK(column.values == 4);
  CHECK(column.missing == 0);
  CHECK(column.distinct == 3);
  CHECK(column.top[0].text == "b");
  CHECK(column.top[0].count == 2);
  CHECK(column.characters_min == 1);
  CHECK(column.characters_max == 2);
  CHECK(column.missing_words[0].text == "NA");
}

TEST_CASE("dates and timestamps have a range") {
  const TableProfile table = profiled("d,t\n2008-01-02,2008-01-02\n2007-11-16,2007-11-16T08:30:00Z\n");
  CHECK(table.columns[0].type == ColumnType::date);
  CHECK(*table.columns[0].min == "2007-11-16");
  CHECK(*table.columns[0].max == "2008-01-02");
  CHECK(table.columns[1].type == ColumnType::timestamp);
  CHECK(*table.columns[1].min == "2007-11-16T08:30:00Z");
  CHECK(*table.columns[1].max == "2008-01-02T00:00:00Z");
}

TEST_CASE("the first value that spoils a column of numbers is named with its place") {
  std::string csv = "x\n";
  for (int i = 0; i < 20; ++i) csv += std::to_string(i) + "\n";
  const ColumnProfile column = profiled(csv + "12O\n7\n").columns[0];
  CHECK(column.type == ColumnType::text);
  REQUIRE(column.misfit);
  CHECK(column.misfit->type == ColumnType::float64);
  CHECK(column.misfit->fitting == 21);
  CHECK(column.misfit->text == "12O");
  CHECK(column.misfit->place == "t.csv:22");
}

TEST_CASE("a limit stops early and says so, unless there are no more rows") {
  ProfileOptions options;
  options.rows_max = 2;
  const TableProfile some = profiled("x\n1\n2\n3\n", options);
  CHECK(some.rows == 2);
  CHECK(!some.is_complete);
  CHECK(*some.columns[0].max == "2");
  CHECK(profiled("x\n1\n2\n", options).is_complete);
  ReadOptions read;
  read.batch_rows = 1;
  CHECK(!profiled("x\n1\n2\n3\n", options, read).is_complete);
  CHECK(profiled("x\n1\n2\n", options, read).is_complete);
}

TEST_CASE("a table without rows has a profile") {
  const TableProfile table = profiled("a,b\n");
  CHECK(table.rows == 0);
  CHECK(table.columns[1].type == ColumnType::text);
  CHECK(table.columns[1].values == 0);
  CHECK(profile_lines(table, {80, Glyphs::ascii}, {}) ==
        std::vector<std::string>{"t.csv: 0 rows, 2 columns, all rows read", "", "a  text       0 values", "",
                                 "b  text       0 values"});
}

TEST_CASE("a profile does not depend on how the input is cut") {
  std::string csv = "a,b,c\n";
  for (int i = 0; i < 3000; ++i)
    csv += std::to_string(i * 7 % 1000) + ",text number " + std::to_string(i % 50) + "," + std::to_string(i) + ".5\n";
  std::string first;
  for (const size_t batch_rows : std::initializer_list<size_t>{1, 7, 4096}) {
    ReadOptions read;
    read.batch_rows = batch_rows;
    read.block_bytes = batch_rows * 100;
    std::string all;
    const TableProfile table = profiled(csv, {}, read);
    for (const ColumnProfile& column : table.columns) all += text::to_json(describe(table, column)).dump() + "\n";
    if (first.empty()) first = all;
    CHECK(all == first);
  }
}

TEST_CASE("a column is described for programs") {
  const TableProfile table = profiled("x\n1.5\n2\n");
  CHECK(text::to_json(describe(table, table.columns[0])).dump() ==
        "{\"type\":\"column\",\"name\":\"x\",\"source\":\"t.csv\",\"value_type\":\"number\",\"rows\":2,"
        "\"rows_complete\":true,\"values\":2,\"missing\":0,\"errors\":0,\"missing_words\":[],\"distinct\":2,"
        "\"distinct_exact\":true,\"min\":1.5,\"max\":2,\"mean\":1.75,\"sd\":0.3535533905932738,"
        "\"quantiles\":{\"0.05\":1.525,\"0.25\":1.625,\"0.5\":1.75,\"0.75\":1.875,\"0.95\":1.975},"
        "\"quantiles_exact\":true,\"histogram\":{\"edges\":[1.5,2],\"counts\":[2]},"
        "\"top\":[{\"value\":\"1.5\",\"count\":1},{\"value\":\"2\",\"count\":1}]}");
}

TEST_CASE("sparklines and short numbers") {
  CHECK(sparkline({0, 1, 4, 8}, Glyphs::ascii) == " :+@");
  CHECK(sparkline({8, 0}, Glyphs::blocks) == "█ ");
  CHECK(short_number(1234567) == "1234567");
  CHECK(short_number(43.921929) == "43.922");
  CHECK(short_number(499999.5) == "500000");
  CHECK(short_number(0.0000123) == "1.23e-05");
}

TEST_CASE("data cannot drive the terminal") {
  const auto lines = profile_lines(profiled("x\n\"a\x1b[31m\nb\"\n\"a\x1b[31m\nb\"\n"), {80, Glyphs::ascii}, {});
  for (const std::string& line : lines) CHECK(line.find_first_of("\x1b\n") == std::string::npos);
}
