#include "text/yaml_scalar.h"

#include <doctest/doctest.h>

#include "text/yaml.h"

using namespace aml;
using namespace aml::text;

TEST_CASE("simple text stays plain") {
  CHECK(yaml_scalar("body_mass_g") == "body_mass_g");
  CHECK(yaml_scalar("Body Mass (g)") == "Body Mass (g)");
}

TEST_CASE("text that YAML would read as something else is quoted") {
  for (const char* text :
       {"yes", "NULL", "1", "-1", "2024-01-31", "", " a", "a ", "a: b", "a #b", "[x]", "~", "é", "a,b"})
    CHECK(yaml_scalar(text).front() == '"');
}

TEST_CASE("every scalar reads back as the text it was made of") {
  for (const std::string text :
       {"a", "no", "a\"b\\c", "x\ny", "{a: b}", "- a", "Zürich", "0x1F", "a'b", "tab\there", "#"}) {
    const auto tree = parse_yaml("{k: [" + yaml_scalar(text) + "]}", "t.yaml");
    REQUIRE(tree.ok());
    CHECK(tree->find("k")->items()[0].scalar() == text);
  }
}

TEST_CASE("keys are UTF-8 and not too long") {
  CHECK(can_be_yaml_key("a: b"));
  CHECK(can_be_yaml_key(std::string(1000, 'x')));
  CHECK(!can_be_yaml_key(std::string(1024, 'x')));
  CHECK(!can_be_yaml_key(std::string(400, '\x01')));
  CHECK(!can_be_yaml_key("\xff"));
}
