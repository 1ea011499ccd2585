#include <doctest/doctest.h>

#include <cmath>

#include "text/numbers.h"
#include "text/suggest.h"
#include "text/unicode.h"
#include "text/yaml.h"

using namespace aml::text;

TEST_CASE("numbers are whole or nothing") {
  CHECK(parse_int("42") == 42);
  CHECK(parse_int("+7") == 7);
  CHECK(!parse_int("+-7"));
  CHECK(!parse_int("4 2"));
  CHECK(!parse_int("9223372036854775808"));
  CHECK(parse_double("1e400") == HUGE_VAL);
  CHECK(parse_double("-1e-400") == 0.0);
  CHECK(!parse_double("nan"));
  CHECK(!parse_double("-inf"));
  CHECK(!parse_double("0x10"));
  CHECK(!parse_double(""));
  CHECK(parse_double(".5") == 0.5);
}

TEST_CASE("JSON's number grammar") {
  for (const char* text : {"0", "-0", "10", "1.5", "1e9", "1E-2"}) CHECK(is_json_number(text));
  for (const char* text : {"", "-", "01", ".5", "5.", "+1", "1e", "0x1", "1 "}) CHECK(!is_json_number(text));
}

TEST_CASE("utf-8 refuses overlong forms and surrogates") {
  CHECK(is_utf8("aé日😀"));
  CHECK(!is_utf8("\xc0\x80"));
  CHECK(!is_utf8("\xed\xa0\x80"));
  CHECK(!is_utf8("\xf4\x90\x80\x80"));
  CHECK(!is_utf8("\xe6\x97"));
}

TEST_CASE("display cuts by columns and hides control characters") {
  CHECK(display_width("日本") == 4);
  CHECK(fit_for_display("abcdef", 4) == "abc…");
  CHECK(fit_for_display("abcd", 4) == "abcd");
  CHECK(fit_for_display("a\x1b[31m", 10) == "a?[31m");
}

TEST_CASE("the nearest name is found within two edits") {
  CHECK(nearest_name("lable", {"table", "label"}) == "table");
  CHECK(nearest_name("speceis", {"island", "species"}) == "species");
  CHECK(nearest_name("xyzzy", {"island", "species"}).empty());
}

TEST_CASE("yaml nodes know their place") {
  const auto tree = parse_yaml("version: 1\nsteps:\n  - kep: [a]\n", "x.prep.yaml");
  REQUIRE(tree.ok());
  const Yaml& step = tree->find("steps")->items()[0];
  CHECK(step.place() == "x.prep.yaml:3:5");
  const auto status = check_keys(step, {"keep", "drop"}, "a step");
  REQUIRE(!status.ok());
  CHECK(status.error().message == "x.prep.yaml:3:5: unknown key 'kep' in a step");
  CHECK(status.error().hint == "did you mean 'keep'?");
}

TEST_CASE("yaml refuses duplicate keys and says where a syntax error is") {
  CHECK(parse_yaml("a: 1\na: 2\n", "f").error().message == "f:2:1: key 'a' appears twice");
  CHECK(parse_yaml("a: [1\n", "f").error().message.starts_with("f:"));
  CHECK(parse_yaml("", "f").value().is_null());
}

TEST_CASE("quoted yaml scalars stay strings") {
  const auto tree = parse_yaml("a: '1'\nb: 1\nc: true\nd: \"true\"\n", "f");
  REQUIRE(tree.ok());
  CHECK(tree->to_json().dump() == R"({"a":"1","b":1,"c":true,"d":"true"})");
}

TEST_CASE("code points are appended in as few bytes as they need") {
  std::string out;
  for (const uint32_t code : {0x41u, 0x7ffu, 0x20acu, 0x1f600u, 0x10ffffu}) aml::text::append_utf8(out, code);
  CHECK(out == "A\xdf\xbf\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
  for (const uint32_t code : {0xd800u, 0xdfffu, 0x110000u}) {
    std::string replaced;
    aml::text::append_utf8(replaced, code);
    CHECK(replaced == "\xef\xbf\xbd");
  }
}
