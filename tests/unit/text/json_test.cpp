#include "text/json.h"

#include <doctest/doctest.h>

#include <cmath>

using aml::text::Json;
using aml::text::parse_json;

TEST_CASE("numbers keep their text") {
  const auto value = parse_json(R"({"a":1.50,"b":12345678901234567890123,"c":-0.0e1})");
  REQUIRE(value.ok());
  CHECK(value->dump() == R"({"a":1.50,"b":12345678901234567890123,"c":-0.0e1})");
}

TEST_CASE("errors name line and column") {
  const auto value = parse_json("{\"a\":1,\n \"b\":}", {"x.json", 10});
  REQUIRE(!value.ok());
  CHECK(value.error().message.starts_with("x.json:11:6: "));
}

TEST_CASE("duplicate keys, trailing text, bad UTF-8 and deep nesting are refused") {
  CHECK(!parse_json(R"({"a":1,"a":2})").ok());
  CHECK(!parse_json("1 2").ok());
  CHECK(!parse_json("\"\xff\"").ok());
  CHECK(!parse_json(std::string(65, '[') + std::string(65, ']')).ok());
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')).ok());
  CHECK(!parse_json("").ok());
}

TEST_CASE("strings are escaped and invalid bytes replaced") {
  CHECK(Json("a\"b\\\n\x01").dump() == "\"a\\\"b\\\\\\n\\u0001\"");
  CHECK(Json("\xff").dump() == "\"\xef\xbf\xbd\"");
}

TEST_CASE("doubles print shortest and NaN prints null") {
  CHECK(Json(0.1).dump() == "0.1");
  CHECK(Json(3.0).dump() == "3");
  CHECK(Json(std::nan("")).dump() == "null");
}

TEST_CASE("a NUL byte is refused with its place, behind a value too") {
  using namespace std::string_view_literals;
  CHECK(aml::text::parse_json("123\0"sv).error().message == "JSON:1:4: NUL byte");
  CHECK(aml::text::parse_json("{\n\"a\0\": 1}"sv).error().message == "JSON:2:3: NUL byte");
}
