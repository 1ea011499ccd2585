#include "prep/step.h"

#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch people() {
  return make_batch({{"name", ColumnType::text, {" Ann", "Bob ", "", "Cy"}},
                     {"age", ColumnType::text, {"31", "", "x", "7"}},
                     {"city", ColumnType::text, {"NA", "Oslo", "?", "a city with a long name"}}});
}

}  // namespace

TEST_CASE("keep selects and orders columns") {
  const StepResult result = run_steps("- keep: [city, name]", people());
  CHECK(result.columns == Names{"city text", "name text"});
  CHECK(result.rows[1] == Names{"Oslo", "Bob "});
  CHECK(run_steps("- keep: [citty]", people()).error == "p.yaml:3:10: no column 'citty' at this step");
  CHECK(run_steps("- keep: [citty]", people()).hint == "did you mean 'city'?");
  CHECK(run_steps("- keep: [city, city]", people()).error == "p.yaml:3:16: column 'city' is named twice");
  CHECK(run_steps("- keep: city", people()).error == "p.yaml:3:9: 'keep' takes a list of columns");
  CHECK(run_steps("- keep: []", people()).error == "p.yaml:3:9: 'keep' takes a list of columns");
}

TEST_CASE("drop leaves the other columns in their order") {
  CHECK(run_steps("- drop: [age]", people()).columns == Names{"name text", "city text"});
  CHECK(run_steps("- drop: [ages]", people()).error == "p.yaml:3:10: no column 'ages' at this step");
  CHECK(run_steps("- drop: [name, age, city]", people()).error == "p.yaml:3:10: 'drop' leaves no column");
}

TEST_CASE("rename exchanges names at once and refuses two of one name") {
  CHECK(run_steps("- rename: {name: age, age: name}", people()).columns == Names{"age text", "name text", "city text"});
  CHECK(run_steps("- rename: {name: city}", people()).error == "p.yaml:3:18: two columns would be named 'city'");
  CHECK(run_steps("- rename: {nme: x}", people()).error == "p.yaml:3:12: no column 'nme' at this step");
  CHECK(run_steps("- rename: {name: ''}", people()).error == "p.yaml:3:18: the new name of column 'name' must be text");
}

TEST_CASE("cast keeps what fails as an error and counts it") {
  const StepResult result = run_steps("- cast: {age: integer}", people());
  CHECK(result.columns[1] == "age integer");
  CHECK(result.rows[0][1] == "31");
  CHECK(result.rows[1][1] == "-");
  CHECK(result.rows[2][1] == "!not_an_integer");
  CHECK(result.failures == Names{"column 'age': 1 error (not an integer), the first 'x' at t.csv:4"});
  CHECK(run_steps("- cast: {age: int}", people()).error == "p.yaml:3:15: unknown type 'int' for column 'age'");
  CHECK(run_steps("- cast: {age: numbr}", people()).hint == "did you mean 'number'?");
}

TEST_CASE("an error is counted where it arises, not again where it is passed on") {
  const StepResult result =
      run_steps("- cast: {age: integer}\n- derive: {next: age + 1, half: 10 / (age - 7)}", people());
  CHECK(result.failures == Names{"column 'age': 1 error (not an integer), the first 'x' at t.csv:4",
                                 "column 'half': 1 error (division by zero), the first at t.csv:5"});
  CHECK(result.rows[2] == Names{"-", "!not_an_integer", "?", "!not_an_integer", "!not_an_integer"});
}

TEST_CASE("fill puts a constant of the column's type where nothing stands") {
  const StepResult result = run_steps("- cast: {age: integer}\n- fill: {age: 0, name: nobody of importance}", people());
  CHECK(result.rows[1][1] == "0");
  CHECK(result.rows[2] == Names{"nobody of importance", "!not_an_integer", "?"});
  CHECK(run_steps("- cast: {age: integer}\n- fill: {age: some}", people()).error ==
        "p.yaml:4:15: 'some' does not fit a column of type integer");
  CHECK(run_steps("- fill: {age: null}", people()).error == "p.yaml:3:15: 'fill' needs a value for column 'age'");
  CHECK(run_steps("- fill: {age: ''}", people()).rows[1][1] == "");
}

TEST_CASE("replace exchanges whole cells") {
  const StepResult result = run_steps("- replace: {city: {NA: null, '?': unknown, Os: x}}", people());
  CHECK(result.rows[0][2] == "-");
  CHECK(result.rows[1][2] == "Oslo");
  CHECK(result.rows[2][2] == "unknown");
  CHECK(result.rows[3][2] == "a city with a long name");
  const StepResult typed = run_steps("- cast: {age: number}\n- replace: {age: {7.0: null, 31: 32}}", people());
  CHECK(typed.rows[0][1] == "32");
  CHECK(typed.rows[3][1] == "-");
  CHECK(run_steps("- cast: {age: number}\n- replace: {age: {a: 1}}", people()).error ==
        "p.yaml:4:19: 'a' does not fit a column of type number");
  CHECK(run_steps("- replace: {city: NA}", people()).error ==
        "p.yaml:3:19: 'replace' takes a mapping of old to new values for column 'city'");
}

TEST_CASE("trim takes spaces from both ends of text") {
  CHECK(run_steps("- trim: [name]", people()).rows[0][0] == "Ann");
  CHECK(run_steps("- trim: all", people()).rows[1][0] == "Bob");
  CHECK(run_steps("- cast: {age: integer}\n- trim: [age]", people()).error ==
        "p.yaml:4:10: 'trim' works on text, column 'age' is of type integer");
  CHECK(run_steps("- cast: {age: integer}\n- trim: all", people()).error.empty());
}

TEST_CASE("filter keeps rows where the condition is true") {
  const StepResult result = run_steps("- cast: {age: integer}\n- filter: age > 10", people());
  CHECK(result.rows == Rows{{" Ann", "31", "NA"}});
  CHECK(result.failures.back() ==
        "the condition of 'filter' at p.yaml:4:11: 1 error (not an integer), the first 'x' at t.csv:4");
  CHECK(run_steps("- filter: true", people()).rows.size() == 4);
  CHECK(run_steps("- filter: age ++ name", people()).error ==
        "p.yaml:3:11: 'filter' needs a condition, this is of type text");
  CHECK(run_steps("- filter: 'age >> 3'", people()).error == "p.yaml:3:17: expected a value, found '>' after 'age >'");
  CHECK(run_steps("- filter: [a]", people()).error == "p.yaml:3:11: 'filter' takes a condition");
}

TEST_CASE("derive appends columns or replaces them, each seeing those before it") {
  const StepResult result =
      run_steps("- derive:\n    who: trim(name)\n    name: lower(who)\n    n: length(name)", people());
  CHECK(result.columns == Names{"name text", "age text", "city text", "who text", "n integer"});
  CHECK(result.rows[1] == Names{"bob", "-", "Oslo", "Bob", "3"});
  CHECK(run_steps("- derive:\n    who: lower(nam)", people()).error == "p.yaml:4:16: no column 'nam' at this step");
  CHECK(run_steps("- derive: {x: [1]}", people()).error == "p.yaml:3:15: 'derive' takes an expression for column 'x'");
}

TEST_CASE("an unknown step is named with the nearest known one") {
  CHECK(run_steps("- kep: [a]", people()).error == "p.yaml:3:3: unknown step 'kep'");
  CHECK(run_steps("- kep: [a]", people()).hint == "did you mean 'keep'?");
}

TEST_CASE("steps work on a batch without rows") {
  const table::Batch none = make_batch({{"a", ColumnType::text, {}}});
  const StepResult result = run_steps(
      "- trim: all\n- replace: {a: {x: y}}\n- fill: {a: z}\n- cast: {a: integer}\n- filter: a > 0\n- derive: {b: a + "
      "1}",
      none);
  CHECK(result.error.empty());
  CHECK(result.columns == Names{"a integer", "b integer"});
  CHECK(result.rows.empty());
}
