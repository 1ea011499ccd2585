#include "inspect/schema_check.h"

#include <doctest/doctest.h>

#include "inspect/drift.h"

using namespace aml;
using namespace aml::inspect;

namespace {

CheckReport checked(const std::string& columns, const std::string& csv, const CheckOptions& options = {}) {
  auto schema = parse_data_schema("version: 1\nmissing_words: [NA]\n" + columns, "s.yaml");
  REQUIRE(schema.ok());
  table::ReadOptions read;
  read.batch_rows = 3;
  auto reader = table::open_reader(std::make_unique<StringSource>(csv), "t.csv", read, nullptr);
  REQUIRE(reader.ok());
  SchemaCheck check = SchemaCheck::create(*schema, (*reader)->schema(), options);
  REQUIRE(check_rows(**reader, check, [](uint64_t) {}).ok());
  return check.finish();
}

std::string failures(const std::string& columns, const std::string& csv, const CheckOptions& options = {}) {
  std::string text;
  for (const Failure& failure : checked(columns, csv, options).failures) text += to_text(failure) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a table that keeps its schema has no failures") {
  CHECK(failures("columns: {a: {type: integer, min: 1, max: 3, unique: true}, b: {values: [x], missing: 0.5}}\n",
                 "a,b\n1,x\n2,NA\n3,\n 2.0,x\n")
            .find("t.csv:5") == std::string::npos);
}

TEST_CASE("each rule fails with file, line and value") {
  CHECK(failures("columns: {a: {type: integer, min: 1, max: 3}}\n", "a\n0\n4\nx\n2\n") ==
        "t.csv:2: a: '0' is below 1\nt.csv:3: a: '4' is above 3\nt.csv:4: a: 'x' is no integer\n");
  CHECK(failures("columns: {a: {values: [x, y]}}\n", "a\nx\nz\n") == "t.csv:3: a: 'z' is not one of the values\n");
  CHECK(failures("columns: {a: {pattern: '\\d+'}}\n", "a\n12\n1a\n") == "t.csv:3: a: '1a' does not match \\d+\n");
  CHECK(failures("columns: {a: {characters: {min: 2, max: 3}}}\n", "a\n\xc3\xa9\nabc\nabcd\n") ==
        "t.csv:2: a: '\xc3\xa9' has 1 characters\nt.csv:4: a: 'abcd' has 4 characters\n");
  CHECK(failures("columns: {d: {type: date, min: 2024-01-01}}\n", "d\n2023-12-31\n2024-01-01\n") ==
        "t.csv:2: d: '2023-12-31' is below 2024-01-01\n");
  CHECK(failures("columns: {a: {unique: true}}\n", "a\nx\ny\nz\nw\nx\n") ==
        "t.csv:6: a: 'x' stands at t.csv:2 already\n");
}

TEST_CASE("failures of several columns come in the order of the rows") {
  CHECK(failures("columns: {a: {values: [x]}, b: {values: [x]}}\n", "a,b\n1,x\nx,2\n3,x\n") ==
        "t.csv:2: a: '1' is not one of the values\nt.csv:3: b: '2' is not one of the values\n"
        "t.csv:4: a: '3' is not one of the values\n");
}

TEST_CASE("columns that are absent or unknown fail, unless they may") {
  CHECK(failures("columns: {a: , b: }\n", "a,c\n1,2\n") ==
        "b: the column is not there\nc: the schema does not know this column\n");
  CHECK(failures("other_columns: allow\ncolumns: {a: , b: {required: false}}\n", "a,c\n1,2\n").empty());
}

TEST_CASE("missing values and rows are counted over the whole table") {
  CHECK(failures("columns: {a: {missing: 0.5}}\n", "a,b\nNA,\n,\nx,\n")
            .starts_with(
                "b: the schema does not know this column\na: 2 of 3 values are missing, 66.67 % (50 % are allowed)\n"));
  CHECK(failures("rows: {min: 3}\ncolumns: {a: }\n", "a\n1\n") == "1 rows, at least 3 are required\n");
  CHECK(failures("rows: {max: 1}\ncolumns: {a: }\n", "a\n1\n2\n") == "2 rows, at most 1 are allowed\n");
}

TEST_CASE("beyond the limit failures are only counted") {
  const CheckReport report = checked("columns: {a: {values: [x]}}\n", "a\n1\n2\n3\n4\n5\n", {.failures_max = 2});
  CHECK(report.failures.size() == 2);
  CHECK(report.failed() == 5);
  CHECK(describe_rest(report) == std::vector<std::string>{"a: 3 more failures of 'values'"});
}

TEST_CASE("unique values beyond the memory are an error with a hint") {
  auto schema = parse_data_schema("version: 1\ncolumns: {a: {unique: true}}\n", "s.yaml");
  auto reader =
      table::open_reader(std::make_unique<StringSource>("a\n" + std::string(5000, 'x') + "\n"), "t.csv", {}, nullptr);
  SchemaCheck check = SchemaCheck::create(*schema, (*reader)->schema(), {.memory_bytes = 1000});
  const Status status = check_rows(**reader, check, [](uint64_t) {});
  REQUIRE(!status.ok());
  CHECK(status.error().message == "'unique' holds 0 MiB for 1 different values, 0 MiB are allowed");
}

TEST_CASE("drift above a limit fails with the measure") {
  ColumnDrift moved{"a", ColumnFate::stayed, 0.1, 0.5, 0.3, 0.05, std::nullopt};
  const auto failures = find_drift({moved, {"b", ColumnFate::went}}, {});
  REQUIRE(failures.size() == 3);
  CHECK(failures[0].message == "PSI 0.300 is above 0.2");
  CHECK(failures[1].message == "missing values went from 10.0 % to 50.0 %");
  CHECK(failures[2].message == "the column is gone");
}

TEST_CASE("failures found elsewhere are counted with the others") {
  CheckReport report;
  add_failures(
      report,
      {{Rule::drift, "a", {}, 0, {}, "x"}, {Rule::drift, "a", {}, 0, {}, "y"}, {Rule::drift, "b", {}, 0, {}, "z"}});
  REQUIRE(report.counts.size() == 2);
  CHECK(report.counts[0].count == 2);
  CHECK(describe_rest(report).empty());
}
