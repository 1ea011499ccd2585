#include "prep/placed_text.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::prep;

namespace {

// "line:column" of the first place of `part` in the value of the document's key `x`.
std::string place_of(const std::string& document, std::string_view part) {
  const auto tree = text::parse_yaml(document, "d.yaml");
  REQUIRE(tree.ok());
  const PlacedText placed = place_scalar(*tree->find("x"), document);
  const size_t at = placed.text.find(part);
  REQUIRE(at != std::string::npos);
  return std::to_string(placed.places[at].line) + ":" + std::to_string(placed.places[at].column);
}

}  // namespace

TEST_CASE("a plain scalar has the places of its characters") {
  CHECK(place_of("x: a + bc", "a") == "1:4");
  CHECK(place_of("# note\nx:   a + bc # end\n", "bc") == "2:10");
  CHECK(place_of("{y: 1, x: a > 3}", ">") == "1:13");
}

TEST_CASE("quotes, escapes and doubled quotes do not shift what follows them") {
  CHECK(place_of("x: \"a > 3\"", "> 3") == "1:7");
  CHECK(place_of("x: 'it''s > 3'", "> 3") == "1:11");
  CHECK(place_of(R"(x: "\"q\" > \u00e4 + b")", "b") == "1:22");
  CHECK(place_of("x: \"\\t> 3\"", "> 3") == "1:7");
}

TEST_CASE("a scalar over several lines has the places of each") {
  CHECK(place_of("x: a\n   + b\n   + cd\n", "cd") == "3:6");
  CHECK(place_of("x: >-\n  a\n  + b\n", "b") == "3:5");
  CHECK(place_of("y: 1\nx: |\n    a\n    + b\n", "b") == "4:7");
}

TEST_CASE("an error at the end points behind the last character") {
  const std::string document = "x: a +";
  const auto tree = text::parse_yaml(document, "d.yaml");
  const PlacedText placed = place_scalar(*tree->find("x"), document);
  CHECK(placed.error(3, "oops", "try").message == "d.yaml:1:7: oops");
  CHECK(placed.error(99, "oops").message == "d.yaml:1:7: oops");
  CHECK(placed.error(3, "oops", "try").hint == "try");
}

TEST_CASE("a line that stands by itself counts from its start") {
  CHECK(place_line("a + b", "flag").error(4, "oops").message == "flag:1:5: oops");
}
