#include "prep/values_text.h"

#include <doctest/doctest.h>

#include "text/yaml.h"

using namespace aml;
using namespace aml::prep;

TEST_CASE("values are written in YAML that reads back as the same") {
  const auto values = text::parse_json(
      R"({"a": 1, "no": [true, null, "true", "1", "a b", "", "~", "n", "#x", "ä\n\"", "x: y"], "b c": {"d": 0.1}})");
  REQUIRE(values.ok());
  const std::string flow = values_as_flow(*values);
  CHECK(flow ==
        R"({a: 1, "no": [true, null, "true", "1", "a b", "", "~", "n", "#x", "ä\n\"", "x: y"], "b c": {d: 0.1}})");
  CHECK(text::parse_yaml(flow, "y")->to_json().dump() == values->dump());
  const std::string block = values_as_block("values", *values, 2);
  CHECK(block.starts_with("  values:\n    a: 1\n    \"no\": [true,"));
  CHECK(text::parse_yaml(block, "y")->find("values")->to_json().dump() == values->dump());
}

TEST_CASE("a list has an item a line, and nothing stands on the line of its key") {
  CHECK(values_as_block("values", *text::parse_json("[{\"a\": 1}, 2]"), 0) == "values:\n  - {a: 1}\n  - 2\n");
  CHECK(values_as_block("values", text::Json::array(), 1) == " values: []\n");
  CHECK(values_as_block("values", text::Json::object(), 1) == " values: {}\n");
}
