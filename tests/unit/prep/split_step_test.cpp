#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch names() {
  return make_batch({{"name", ColumnType::text, {"Ann Lee", "Cy", "", "a, long name of many words"}}});
}

}  // namespace

TEST_CASE("split cuts a text into columns; too few pieces leave the last ones missing") {
  const StepResult result = run_steps("- split: {column: name, separator: ' ', into: [first, rest]}", names());
  CHECK(result.columns == Names{"name text", "first text", "rest text"});
  CHECK(result.rows == Rows{{"Ann Lee", "Ann", "Lee"},
                            {"Cy", "Cy", "-"},
                            {"-", "-", "-"},
                            {"a, long name of many words", "a,", "long name of many words"}});
}

TEST_CASE("pieces beyond the last column are joined, dropped, or an error") {
  const std::string start = "- split: {column: name, separator: ' ', into: [x, y], surplus: ";
  CHECK(run_steps(start + "join}", names()).rows[3][2] == "long name of many words");
  CHECK(run_steps(start + "drop}", names()).rows[3][2] == "long");
  const StepResult refused = run_steps(start + "error}", names());
  CHECK(refused.rows[3][2] == "!bad_argument");
  CHECK(refused.failures ==
        Names{"column 'y': 1 error (bad argument), the first 'long name of many words' at t.csv:5"});
  CHECK(run_steps(start + "keep}", names()).error == "p.yaml:3:64: unknown value 'keep' for surplus");
}

TEST_CASE("a separator may be long, and pieces may be empty") {
  const auto batch = make_batch({{"a", ColumnType::text, {"1::::2"}}});
  CHECK(run_steps("- split: {column: a, separator: '::', into: [x, y, z]}", batch).rows[0] ==
        Names{"1::::2", "1", "", "2"});
}

TEST_CASE("split says what it needs") {
  CHECK(run_steps("- split: {separator: ' ', into: [x]}", names()).error == "p.yaml:3:10: 'split' needs 'column'");
  CHECK(run_steps("- split: {column: name, separator: '', into: [x]}", names()).error ==
        "p.yaml:3:36: 'separator' of 'split' must be a text that is not empty");
  CHECK(run_steps("- split: {column: name, separator: ' ', into: [name]}", names()).error ==
        "p.yaml:3:48: two columns would be named 'name'");
  CHECK(run_steps("- split: {colum: name}", names()).hint == "did you mean 'column'?");
  CHECK(run_steps("- split: name", names()).error ==
        "p.yaml:3:10: 'split' takes a mapping of column, separator, into, surplus");
  CHECK(run_steps("- cast: {name: date}\n- split: {column: name, separator: ' ', into: [x]}", names()).error ==
        "p.yaml:4:19: 'split' works on text, column 'name' is of type date");
}
