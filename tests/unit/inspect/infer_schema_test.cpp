#include "inspect/infer_schema.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

namespace {

std::string inferred(const std::string& csv, size_t sample_rows = 1000) {
  InspectOptions options;
  options.profile.top_values = kInferredValuesMax;
  options.sample_rows = sample_rows;
  return write_data_schema(infer_data_schema(inspected(csv, options)));
}

std::string repeated(const std::string& rows, int times) {
  std::string csv = "x,z\n";
  for (int i = 0; i < times; ++i) csv += rows;
  return csv;
}

}  // namespace

TEST_CASE("numbers get their range, few texts their values") {
  CHECK(inferred(repeated("1,a\nNA,b\n3,a\n", 10)) ==
        "version: 1\nmissing_words: [NA]\nrows: {min: 1}\ncolumns:\n"
        "  x:\n    type: integer\n    missing: 0.34\n    min: 1\n    max: 3\n"
        "  z:\n    type: text\n    missing: 0\n    values: [a, b]\n");
}

TEST_CASE("many texts of one shape get a pattern, and are unique if all differ") {
  std::string csv = "code\n";
  for (int i = 10; i < 40; ++i) csv += "AB-" + std::to_string(i) + "\n";
  CHECK(inferred(csv).find("    pattern: \"[A-Z]{2}-\\\\d{2}\"\n    unique: true\n") != std::string::npos);
  CHECK(inferred(csv, 5).find("pattern") == std::string::npos);  // not all rows were looked at
}

TEST_CASE("a table without rows asks for its columns only") {
  CHECK(inferred("a\n") == "version: 1\ncolumns:\n  a:\n    type: text\n    missing: 0\n");
}

TEST_CASE("what cannot be written in YAML is left out") {
  CHECK(inferred("\xff,b\n1,2\n").find("other_columns: allow\ncolumns:\n  b:\n") != std::string::npos);
  CHECK(inferred(std::string(2000, 'x') + "\n1\n") ==
        "version: 1\nrows: {min: 1}\nother_columns: allow\ncolumns: {}\n");
  CHECK(inferred(repeated("1,\xff\n", 10)).find("values") == std::string::npos);
}
