#include "synth/program.h"

#include <doctest/doctest.h>

#include "synth/program_text.h"

using namespace aml;
using namespace aml::synth;

namespace {

using Texts = std::vector<std::optional<std::string_view>>;

std::string run_text(std::string_view text, const Texts& cells) {
  const Program program = *parse_program(text, {"a", "b"});
  std::string out;
  switch (run(program, cells, out)) {
    case Outcome::value: return out;
    case Outcome::null: return "(null)";
    case Outcome::outside: return out.empty() ? "(outside)" : "(rest)";
  }
  return "";
}

}  // namespace

TEST_CASE("the first branch whose guard holds makes the result") {
  const char* program = "when contains(a, digits): \"number\"\nwhen empty(a): null\notherwise: upper(a)";
  CHECK(run_text(program, {"a1", "b"}) == "number");
  CHECK(run_text(program, {"", "b"}) == "(null)");
  CHECK(run_text(program, {"ab", "b"}) == "AB");
}

TEST_CASE("a row no guard lets through is outside, and leaves nothing behind") {
  CHECK(run_text("when contains(a, digits): a", {"x", "b"}) == "(outside)");
  CHECK(run_text("a + slice(b, after(\",\", 1), end)", {"x", "b"}) == "(outside)");
  CHECK(run_text("a + b", {"x", std::nullopt}) == "(outside)");
}

TEST_CASE("nothing is known of a missing cell but that it is missing") {
  CHECK(run_text("when not contains(a, digits): \"no\"\nwhen missing(a): \"gone\"", {std::nullopt, ""}) == "gone");
}

TEST_CASE("a lookup has no value for other words") {
  CHECK(run_text("lookup(a, \"M\" => \"0\", \"F\" => \"1\")", {"F", ""}) == "1");
  CHECK(run_text("lookup(a, \"M\" => \"0\", \"F\" => \"1\")", {"X", ""}) == "(outside)");
}

TEST_CASE("a text that is no number or date has no value") {
  CHECK(run_text("number(a, times 2)", {"12", ""}) == "24");
  CHECK(run_text("number(a, times 2)", {"1x", ""}) == "(outside)");
  CHECK(run_text("date(a, \"H:mm\", \"htt\", as \"HH:mm\")", {"3pm", ""}) == "15:00");
  CHECK(run_text("date(a, \"H:mm\", as \"HH:mm\")", {"25:00", ""}) == "(outside)");
}

TEST_CASE("tests compare two columns") {
  CHECK(run_text("when same(a, b): \"yes\"\notherwise: \"no\"", {"x", "x"}) == "yes");
  CHECK(run_text("when includes(a, b): \"yes\"\notherwise: \"no\"", {"xyz", "y"}) == "yes");
  CHECK(run_text("when includes(a, b): \"yes\"\notherwise: \"no\"", {"xyz", "a"}) == "no");
}
