#include "prep/learn_table.h"

#include <doctest/doctest.h>

#include "prep/explain.h"
#include "prep/package.h"
#include "synth/program_text.h"

using namespace aml;
using namespace aml::prep;

namespace {

const ColumnSample kOne{{"name"}, {{"Ann Lee"}, {"Bo"}}};
const ColumnSample kTwo{{"a", "b"}, {{"1", "2"}}};

std::string message(std::string_view example, const ColumnSample& sample) {
  const auto parsed = parse_example(example, sample);
  return parsed.ok() ? "fine" : parsed.error().message;
}

}  // namespace

TEST_CASE("examples name their input or its row") {
  CHECK(parse_example("Ann Lee => Lee", kOne)->inputs == synth::Cells{"Ann Lee"});
  CHECK(parse_example("Ann Lee => Lee", kOne)->output == "Lee");
  CHECK(parse_example("2=x", kOne)->inputs == synth::Cells{"Bo"});
  CHECK(parse_example("1 | 2 => 12", kTwo)->inputs == synth::Cells{"1", "2"});
  CHECK(parse_example("\" a | b \" | null => \"null\"", kTwo)->inputs == synth::Cells{" a | b ", std::nullopt});
  CHECK(parse_example("\"x\" => \"null\"", kOne)->output == "null");
  CHECK(parse_example("x => null", kOne)->output == std::nullopt);
  CHECK(parse_example("x =>", kOne)->output == "");
}

TEST_CASE("examples that cannot be read say why") {
  CHECK(message("x", kOne) == "example 'x' has no '=>'");
  CHECK(message("3=x", kOne) == "example '3=x' names a row beyond the 2 that were read");
  CHECK(message("1 => 12", kTwo) == "example '1 => 12' has 1 inputs for 2 columns");
  CHECK(message("\"x => y", kOne) != "fine");
}

TEST_CASE("a file of examples names the line of a mistake") {
  CHECK(parse_examples("a => b\n# no\n\n2=c\n", "e.txt", kOne)->size() == 2);
  CHECK(parse_examples("a => b\nc", "e.txt", kOne).error().message == "e.txt:2: example 'c' has no '=>'");
}

TEST_CASE("a step is put behind the last one, as deep as that") {
  const auto write = [](size_t indent) { return std::string(indent, ' ') + "- drop: [a]\n"; };
  CHECK(*append_step("", "", write) == "version: 1\nsteps:\n  - drop: [a]\n");
  CHECK(*append_step("version: 1\nsteps:\n- keep: [a, b]", "p", write) ==
        "version: 1\nsteps:\n- keep: [a, b]\n- drop: [a]\n");
  CHECK(append_step("steps:\n- keep: [a]\nversion: 1\n", "p", write).error().message ==
        "cannot append to 'p': its last key is not a list of 'steps'");
}

TEST_CASE("a learned step is read back as it was written") {
  ByExample step{{{"a", {}}, {"b c", {}}}, {"d", {}}, {{{"1", std::nullopt}, "x\n\"y\""}}, {}};
  step.program = *synth::parse_program("when missing([b c]): a\notherwise: null", step.columns());
  const std::string document = "version: 1\nsteps:\n" + write_by_example(step, 2);
  const auto read = learned_steps(document, "p.yaml");
  REQUIRE(read.ok());
  CHECK("version: 1\nsteps:\n" + write_by_example(read->front(), 2) == document);
  CHECK(read->front().examples[0].output == "x\n\"y\"");
}

TEST_CASE("a split step is read back as it was written") {
  const SplitFields step{
      {"a", {}}, {{"b", {}}, {"c", {}}}, {{{synth::Side::digit, " ", synth::Side::letter}}, {}, true}};
  const std::string text = write_split_fields(step, 0);
  const auto tree = text::parse_yaml(text, "p.yaml");
  REQUIRE(tree.ok());
  CHECK(write_split_fields(*read_split_fields(*tree->items()[0].find("split_fields")), 0) == text);
}

TEST_CASE("an explanation shows guards, what is typed in, and a traced example") {
  ByExample step{{{"a", {}}}, {"d", {}}, {{{"x"}, "x!"}}, {}};
  step.program = *synth::parse_program("when empty(a): null\notherwise: a + \"!\"", step.columns());
  const Explanation explanation = explain(step);
  REQUIRE(explanation.branches.size() == 2);
  CHECK(explanation.branches[0].guard == "empty(a)");
  CHECK(explanation.branches[0].result == "null");
  CHECK(explanation.branches[1].guard == "otherwise");
  CHECK(explanation.branches[1].constants == "'!'");
  CHECK(explanation.branches[1].example == "'x' + '!'");
}
