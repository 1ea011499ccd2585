#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("combine joins the parts that are there, and an error is the error of the whole") {
  const auto batch = make_batch({{"a", ColumnType::text, {"x", "", "", "x"}},
                                 {"n", ColumnType::int64, {"1", "2", "", "oops"}},
                                 {"b", ColumnType::text, {"p", "q", "", "s"}}});
  const StepResult result = run_steps("- combine: {columns: [a, n, b], separator: ', ', into: all}", batch);
  CHECK(result.columns == Names{"a text", "n integer", "b text", "all text"});
  CHECK(result.rows[0][3] == "x, 1, p");
  CHECK(result.rows[1][3] == "2, q");
  CHECK(result.rows[2][3] == "-");
  CHECK(result.rows[3][3] == "!not_an_integer");
  CHECK(run_steps("- combine: {columns: [b, a], into: ba}", batch).rows[0][3] == "px");
  CHECK(run_steps("- derive: {half: n / 2}\n- combine: {columns: [half, n], into: x}", batch).rows[0][4] == "0.51");
  CHECK(run_steps("- combine: {columns: [a, b], into: n}", batch).error ==
        "p.yaml:3:36: two columns would be named 'n'");
  CHECK(run_steps("- combine: {columns: [a, b]}", batch).error == "p.yaml:3:12: 'combine' needs 'into'");
}
