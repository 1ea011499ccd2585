#include "synth/guards.h"

#include <doctest/doctest.h>

#include "synth/program_text.h"

using namespace aml::synth;

namespace {

// The simplest guard as text.
std::string guard(const std::vector<Cells>& inside, const std::vector<Cells>& outside) {
  GuardTask task;
  for (const Cells& row : inside) task.inside.push_back(&row);
  for (const Cells& row : outside) task.outside.push_back(&row);
  const auto found = find_guards(task, 1);
  if (found.empty()) return "none";
  return to_text({{Branch{found[0].tests, true, {}}}}, {"a", "b"});
}

}  // namespace

TEST_CASE("the simplest question that tells two groups apart is found") {
  CHECK(guard({{"(525) 949"}}, {{"525-949"}}) == "when contains(a, \"(\"): null\n");
  CHECK(guard({{""}}, {{"x"}}) == "when empty(a): null\n");
  CHECK(guard({{std::nullopt}}, {{"x"}}) == "when missing(a): null\n");
}

TEST_CASE("two questions are asked where one does not do") {
  CHECK(guard({{"a-1"}, {"b-2"}}, {{"a-b"}, {"a1"}, {"b2"}, {"c-d"}}).find(" and ") != std::string::npos);
}

TEST_CASE("columns are compared") { CHECK(guard({{"x", "x"}, {"y", "y"}}, {{"x", "y"}}) == "when same(a, b): null\n"); }

TEST_CASE("equal rows cannot be told apart") { CHECK(guard({{"x"}}, {{"x"}}) == "none"); }
