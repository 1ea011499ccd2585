#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch people() {
  return make_batch({{"name", ColumnType::text, {"b", "a name that is long", "b", "", "a", "c"}},
                     {"age", ColumnType::int64, {"10", "9", "-1", "3", "", "x"}}});
}

Names column(const StepResult& result, size_t index) {
  Names cells;
  for (const Names& row : result.rows) cells.push_back(row[index]);
  return cells;
}

Resources little_memory() {
  Resources resources;
  resources.memory_bytes = 1;
  return resources;
}

}  // namespace

TEST_CASE("sort compares by type, with errors and then missing cells last in either order") {
  CHECK(column(run_steps("- sort: [age]", people()), 1) == Names{"-1", "3", "9", "10", "!not_an_integer", "-"});
  CHECK(column(run_steps("- sort: [{age: descending}]", people()), 1) ==
        Names{"10", "9", "3", "-1", "!not_an_integer", "-"});
  CHECK(column(run_steps("- sort: [name]", people()), 0) == Names{"a", "a name that is long", "b", "b", "c", "-"});
  CHECK(column(run_steps("- cast: {age: text}\n- sort: [age]", people()), 1) ==
        Names{"-1", "10", "3", "9", "!not_an_integer", "-"});
}

TEST_CASE("equal rows keep their order, and later columns decide among them") {
  CHECK(column(run_steps("- sort: [name]", people()), 1) == Names{"-", "9", "10", "-1", "!not_an_integer", "3"});
  CHECK(column(run_steps("- sort: [name, age]", people()), 1) == Names{"-", "9", "-1", "10", "!not_an_integer", "3"});
  CHECK(column(run_steps("- sort: [{name: descending}, age]", people()), 1) ==
        Names{"!not_an_integer", "-1", "10", "9", "-", "3"});
}

TEST_CASE("rows that do not fit in memory are merged from a file to the same result") {
  const std::string steps = "- derive: {half: age / 2}\n- sort: [name, {age: descending}]";
  const StepResult once = run_steps(steps, people());
  for (const size_t size : {1U, 2U, 4U}) {
    const StepResult merged = run_steps(steps, people(), little_memory(), size);
    CHECK(merged.rows == once.rows);
    CHECK(merged.places == once.places);
  }
  CHECK(once.places == Names{"t.csv:6", "t.csv:3", "t.csv:2", "t.csv:4", "t.csv:7", "t.csv:5"});
}

TEST_CASE("very many runs are merged in passes, and equal rows still keep their order") {
  TestColumn key{"key", ColumnType::int64, {}};
  TestColumn number{"number", ColumnType::int64, {}};
  for (int i = 0; i < 500; ++i) {
    key.cells.push_back(std::to_string(i * 7919 % 10));
    number.cells.push_back(std::to_string(i));
  }
  const auto batch = make_batch({key, number});
  const StepResult once = run_steps("- sort: [key]", batch, {}, 500);
  for (size_t row = 1; row < 500; ++row) {
    const int before = std::stoi(once.rows[row - 1][0]), after = std::stoi(once.rows[row][0]);
    const bool is_sorted =
        before < after || (before == after && std::stoi(once.rows[row - 1][1]) < std::stoi(once.rows[row][1]));
    REQUIRE(is_sorted);
  }
  CHECK(run_steps("- sort: [key]", batch, little_memory(), 1).rows == once.rows);
}

TEST_CASE("a folder that is not there is an error with advice") {
  Resources resources = little_memory();
  resources.temporary_folder = "/nonexistent";
  const StepResult result = run_steps("- sort: [age]", people(), resources);
  CHECK(result.error == "cannot create a temporary file in '/nonexistent': No such file or directory");
  CHECK(result.hint == "TMPDIR names the folder of temporary files; --memory lets more stay in memory");
}

TEST_CASE("sort says what it takes") {
  CHECK(run_steps("- sort: age", people()).error == "p.yaml:3:9: 'sort' takes a list of columns");
  CHECK(run_steps("- sort: [{age: down}]", people()).error == "p.yaml:3:16: unknown value 'down' for the order");
  CHECK(run_steps("- sort: [{ag: descending}]", people()).error == "p.yaml:3:11: no column 'ag' at this step");
}
