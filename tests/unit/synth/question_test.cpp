#include "synth/question.h"

#include <doctest/doctest.h>

#include "synth/program_text.h"

using namespace aml::synth;

namespace {

Learned learned_as(std::string_view program, std::vector<std::string_view> others = {}) {
  Learned learned;
  learned.program = *parse_program(program, {"x"});
  for (const std::string_view other : others) learned.alternatives.push_back(*parse_program(other, {"x"}));
  return learned;
}

}  // namespace

TEST_CASE("rows where programs disagree come first, with what each says") {
  const LearnTask task{{{{"a b"}, "b"}}, {{"a b"}, {"c d"}, {"e f g"}, {std::nullopt}}};
  const auto questions =
      find_questions(task, learned_as("slice(x, after(\" \", 1), end)", {"slice(x, after(\" \", -1), end)"}), 5);
  REQUIRE(questions.size() == 1);
  CHECK(questions[0].row == 2);
  CHECK(questions[0].doubt == Doubt::disagreement);
  CHECK(questions[0].candidates == std::vector<Cell>{"f g", "g"});
}

TEST_CASE("rows nothing was learned for and rows unlike any example are asked about") {
  const LearnTask task{{{{"a b"}, "b"}}, {{"c"}, {"d 1"}}};
  const auto questions = find_questions(task, learned_as("slice(x, after(\" \", 1), end)"), 5);
  REQUIRE(questions.size() == 2);
  CHECK(questions[0].doubt == Doubt::not_learned);
  CHECK(questions[0].candidates == std::vector<Cell>{std::nullopt});
  CHECK(questions[1].doubt == Doubt::unlike);
}

TEST_CASE("one question per shape, and no more than wanted") {
  const LearnTask task{{{{"1"}, "1"}}, {{"a"}, {"b"}, {"c-d"}}};
  CHECK(find_questions(task, learned_as("x"), 5).size() == 2);
  CHECK(find_questions(task, learned_as("x"), 1).size() == 1);
}
