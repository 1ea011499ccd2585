#include "inspect/data_schema.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::inspect;

namespace {

std::string error_of(const std::string& columns) {
  const auto schema = parse_data_schema("version: 1\ncolumns:\n" + columns, "s.yaml");
  REQUIRE(!schema.ok());
  return schema.error().message;
}

}  // namespace

TEST_CASE("a schema reads what it writes") {
  const std::string text =
      "version: 1\n"
      "missing_words: [NA, \"-\"]\n"
      "rows: {min: 1}\n"
      "other_columns: allow\n"
      "columns:\n"
      "  \"a: b\":\n"
      "    type: number\n"
      "    required: false\n"
      "    missing: 0.25\n"
      "    min: -1.5\n"
      "    max: 1e3\n"
      "  t:\n"
      "    type: text\n"
      "    values: [x, \"no\"]\n"
      "    pattern: \"[a-z]\\\\d\"\n"
      "    characters: {min: 1, max: 9}\n"
      "    unique: true\n";
  const auto schema = parse_data_schema(text, "s.yaml");
  REQUIRE(schema.ok());
  CHECK(schema->columns[0].min->value.real == -1.5);
  CHECK(*schema->columns[1].pattern == "[a-z]\\d");
  CHECK(write_data_schema(*schema) == text);
}

TEST_CASE("a column may say nothing but its name") {
  const auto schema = parse_data_schema("version: 1\ncolumns: {a: , b: {}}\n", "s.yaml");
  REQUIRE(schema.ok());
  CHECK(schema->columns.size() == 2);
  CHECK(!schema->columns[0].type);
}

TEST_CASE("drift limits stand in the schema") {
  const auto schema = parse_data_schema("version: 1\ncolumns: {a: }\ndrift: {psi: 0.5}\n", "s.yaml");
  REQUIRE(schema.ok());
  CHECK(schema->drift.psi == 0.5);
  CHECK(schema->drift.js == 0.1);
}

TEST_CASE("what is wrong with a schema is said with its place") {
  CHECK(parse_data_schema("", "s.yaml").error().message == "s.yaml: schema is empty");
  CHECK(parse_data_schema("columns: {a: }\n", "s.yaml").error().message ==
        "s.yaml:1:1: a schema starts with its version");
  CHECK(parse_data_schema("version: 2\ncolumns: {a: }\n", "s.yaml").error().message ==
        "s.yaml:1:10: version '2' is not known");
  CHECK(parse_data_schema("version: 1\n", "s.yaml").error().message == "s.yaml:1:1: schema has no columns");
  CHECK(error_of("  a: {typ: text}\n").find("typ") != std::string::npos);
  CHECK(error_of("  a: {type: int}\n") == "s.yaml:3:13: unknown type 'int'");
  CHECK(error_of("  a: {min: 1}\n") == "s.yaml:3:12: 'min' needs a type that has an order");
  CHECK(error_of("  a: {type: date, min: 5}\n") == "s.yaml:3:24: '5' of 'min' is no date");
  CHECK(error_of("  a: {pattern: '('}\n").starts_with("s.yaml:3:16: '(' is no pattern"));
  CHECK(error_of("  a: {missing: -1}\n") == "s.yaml:3:16: 'missing' must be a number from 0");
  CHECK(error_of("  a: {unique: maybe}\n") == "s.yaml:3:15: 'unique' is neither true nor false");
  CHECK(error_of("  a: {values: x}\n") == "s.yaml:3:15: 'values' takes a list");
  CHECK(error_of("  a: {characters: {min: x}}\n") == "s.yaml:3:25: 'min' must be a whole number from 0");
}
