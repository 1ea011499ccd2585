#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

#include "unit/prep/other_file.h"

namespace {

table::Batch people() {
  return make_batch({{"id", ColumnType::int64, {"1", "2", "", "2", "9", "x"}},
                     {"name", ColumnType::text, {"a", "b", "c", "d", "e", "f"}}});
}

constexpr const char* kVisits =
    "name,id,town\np,2,Oslo\nq,1.0,a town with a long name\nr,,nowhere\ns,2,Rome\nt,7,Bonn\n";

StepResult join(const std::string& kind, size_t batch_rows = 3) {
  const OtherFile other(kVisits);
  return run_steps("- join: {file: " + other.path() + ", on: [id], kind: " + kind + "}", people(), {}, batch_rows);
}

}  // namespace

TEST_CASE("an inner join has a row for each pair with equal keys, in the order of the left, then of the right") {
  for (const size_t size : {1U, 2U, 6U}) {
    const StepResult result = join("inner", size);
    CHECK(result.columns == Names{"id integer", "name text", "name_right text", "town text"});
    CHECK(result.rows == Rows{{"1", "a", "q", "a town with a long name"},
                              {"2", "b", "p", "Oslo"},
                              {"2", "b", "s", "Rome"},
                              {"2", "d", "p", "Oslo"},
                              {"2", "d", "s", "Rome"}});
  }
}

TEST_CASE("missing, failed and empty keys are equal to none") {
  CHECK(join("left").rows.size() == 8);
  CHECK(join("left").rows[5] == Names{"2", "d", "s", "Rome"});
  CHECK(join("left").rows[3] == Names{"-", "c", "-", "-"});
  CHECK(join("left").rows[7] == Names{"!not_an_integer", "f", "-", "-"});
  const OtherFile other("k,v\n\"\",1\n");
  const auto left = make_batch({{"k", ColumnType::text, {""}}, {"w", ColumnType::text, {"x"}}});
  CHECK(run_steps("- fill: {k: ''}\n- join: {file: " + other.path() + ", on: [k]}", left).rows.empty());
}

TEST_CASE("right and full joins end with the right rows that were not met") {
  const StepResult right = join("right");
  CHECK(right.rows.size() == 7);
  CHECK(right.rows[5] == Names{"-", "-", "r", "nowhere"});
  CHECK(right.rows[6] == Names{"7", "-", "t", "Bonn"});
  CHECK(right.places[6].ends_with("other.csv:6"));
  CHECK(join("full").rows.size() == 10);
  CHECK(join("full").rows[9] == Names{"7", "-", "t", "Bonn"});
}

TEST_CASE("an anti join has the left rows without a match and no other columns") {
  const StepResult result = join("anti");
  CHECK(result.columns == Names{"id integer", "name text"});
  CHECK(result.rows == Rows{{"-", "c"}, {"9", "e"}, {"!not_an_integer", "f"}});
}

TEST_CASE("keys may have other names, be several, and take the type of the left") {
  const OtherFile other("first;second;v\n01;b;yes\n1;a;no\nodd;a;never\n");
  const StepResult result = run_steps(
      "- join: {file: " + other.path() + ", source: {separator: ;}, on: {id: first, name: second}, suffix: _2}",
      people());
  CHECK(result.columns == Names{"id integer", "name text", "v text"});
  CHECK(result.rows == Rows{{"1", "a", "no"}});
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures[0].starts_with("column 'first': 1 error (not an integer), the first 'odd' at "));
}

TEST_CASE("many equal keys make many rows, a batch at a time") {
  std::string text = "k,v\n";
  for (int i = 0; i < 100; ++i) text += "1," + std::to_string(i) + "\n";
  const OtherFile other(text);
  const auto left = make_batch({{"k", ColumnType::text, std::vector<std::string>(100, "1")}});
  const StepResult result = run_steps("- join: {file: " + other.path() + ", on: [k]}", left, {}, 100);
  REQUIRE(result.rows.size() == 10'000);
  CHECK(result.rows[9'999] == Names{"1", "99"});
  CHECK(result.rows[4'100] == Names{"1", "0"});
}

TEST_CASE("what a join cannot do is said before the first row") {
  const OtherFile other(kVisits);
  const std::string start = "- join: {file: " + other.path();
  CHECK(run_steps(start + ", on: [idd]}", people()).hint == "did you mean 'id'?");
  CHECK(run_steps(start + ", on: {id: idd}}", people()).error.ends_with("no column 'idd' in the other table"));
  CHECK(run_steps(start + ", on: [id], kind: outer}", people())
            .error.ends_with("unknown value 'outer' for the kind of join"));
  CHECK(run_steps("- join: {on: [id]}", people()).error == "p.yaml:3:9: 'join' needs 'file'");
  CHECK(run_steps("- join: {file: /nonexistent.csv, on: [id]}", people()).error ==
        "p.yaml:3:16: cannot open '/nonexistent.csv': No such file or directory");
  CHECK(run_steps("- join: {file: '-', on: [id]}", people()).error == "p.yaml:3:16: 'join' cannot read standard input");
}
