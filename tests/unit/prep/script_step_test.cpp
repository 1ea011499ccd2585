#include <doctest/doctest.h>

#include <csignal>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

StepResult script(const std::string& arguments) {
  std::signal(SIGPIPE, SIG_IGN);  // as the tools do
  const auto batch = make_batch({{"a", ColumnType::text, {"1", "", "x y"}}, {"n", ColumnType::int64, {"7", "x", ""}}});
  return run_steps("- script: " + arguments, batch);
}

}  // namespace

TEST_CASE("a program that changes nothing gives back the same columns with their types") {
  const StepResult result = script("{command: [cat]}");
  CHECK(result.columns == Names{"a text", "n integer"});
  CHECK(result.rows == Rows{{"1", "7"}, {"-", "!not_an_integer"}, {"x y", "-"}});
}

TEST_CASE("columns that a program makes are declared, and get types") {
  const StepResult result = script("{command: 'echo b,c; echo 1,2.5; echo z,z', columns: {b: integer, c: text}}");
  CHECK(result.columns == Names{"b integer", "c text"});
  CHECK(result.rows == Rows{{"1", "2.5"}, {"!not_an_integer", "z"}});
  CHECK(result.failures[0].starts_with("column 'b': 1 error (not an integer), the first 'z' at echo b,c;"));
  CHECK(script("{command: 'echo b; echo 1'}").error.ends_with("wrote the columns b, but a, n are declared"));
}

TEST_CASE("programs read and write the formats they say") {
  CHECK(script("{command: 'cat', in: jsonl, out: jsonl}").rows ==
        Rows{{"1", "7"}, {"-", "!not_an_integer"}, {"x y", "-"}});
  CHECK(script("{command: 'tr \"\\t\" \";\" | tr \";\" \"\\t\"', in: tsv, out: tsv}").rows.size() == 3);
}

TEST_CASE("mistakes in script are shown in their place") {
  CHECK(script("{command: [cat], python: f.py}").error ==
        "p.yaml:3:11: 'script' takes either a command or a file of Python");
  CHECK(script("{command: []}").error == "p.yaml:3:21: 'command' takes a list of words, or a line for the shell");
  CHECK(script("{command: cat, columns: {a: numbr}}").hint == "did you mean 'number'?");
  CHECK(script("{command: cat, interpreter: python3}").error ==
        "p.yaml:3:39: 'interpreter' does not go with 'command'");
}
