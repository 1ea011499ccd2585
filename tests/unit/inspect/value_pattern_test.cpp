#include "inspect/value_pattern.h"

#include <doctest/doctest.h>

using namespace aml::inspect;

namespace {

std::string patterns_of(const std::vector<std::string_view>& values, size_t patterns_max = 3) {
  std::string text;
  for (const ValuePattern& pattern : find_patterns(values, patterns_max).patterns)
    text += pattern.expression + " " + std::to_string(pattern.count) + "\n";
  return text;
}

}  // namespace

TEST_CASE("values of one shape are one pattern") {
  CHECK(patterns_of({"ABC-1234", "XYZ-0001"}) == "[A-Z]{3}-\\d{4} 2\n");
  CHECK(patterns_of({"2024-01-31"}) == "\\d{4}-\\d{2}-\\d{2} 1\n");
}

TEST_CASE("lengths that differ become a span") {
  CHECK(patterns_of({"N1A1", "N135A2", "M22B3"}) == "[A-Z]\\d{1,3}[A-Z]\\d 3\n");
}

TEST_CASE("characters with a meaning in expressions are escaped") {
  CHECK(patterns_of({"$1.50 (a)"}) == "\\$\\d\\.\\d{2} \\([a-z]\\) 1\n");
  CHECK(patterns_of({"a\nb\tc"}) == "[a-z]\\n[a-z]\\t[a-z] 1\n");
  CHECK(patterns_of({"\x01"}) == "\\x01 1\n");
}

TEST_CASE("the most frequent pattern comes first, then the one seen first") {
  CHECK(patterns_of({"1", "a", "b"}) == "[a-z] 2\n\\d 1\n");
  CHECK(patterns_of({"1", "a"}) == "\\d 1\n[a-z] 1\n");
}

TEST_CASE("many fine patterns give way to coarser ones") {
  CHECK(patterns_of({"Ann", "bob", "McX", "aBC", "ANNA"}, 1) == "[A-Za-z]{3,4} 5\n");
  CHECK(patterns_of({"a1", "1a", "ab1", "12", "1b2"}, 1) == "\\w{2,3} 5\n");
}

TEST_CASE("letters beyond ASCII are said to be there") {
  CHECK(patterns_of({"Zürich", "Oslo", "Graz"}, 1) == "[A-Za-z[:^ascii:]]{4,6} 3\n");
}

TEST_CASE("values without a common shape have no pattern") {
  CHECK(patterns_of({"a b", "c-d", "e/f", "g", "(h)"}, 1).empty());
  CHECK(patterns_of({"\xff\xfe"}).empty());
  CHECK(patterns_of({}).empty());
  CHECK(patterns_of({"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p"}).empty());
}
