#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("duplicate puts a column once more at the end, with its type") {
  const auto batch = make_batch({{"a", ColumnType::int64, {"1", "", "x"}}, {"b", ColumnType::text, {"p", "q", "r"}}});
  const StepResult result = run_steps("- duplicate: {a: a_too, b: c}", batch);
  CHECK(result.columns == Names{"a integer", "b text", "a_too integer", "c text"});
  CHECK(result.rows ==
        Rows{{"1", "p", "1", "p"}, {"-", "q", "-", "q"}, {"!not_an_integer", "r", "!not_an_integer", "r"}});
  CHECK(result.failures.empty());
  CHECK(run_steps("- duplicate: {a: b}", batch).error == "p.yaml:3:18: two columns would be named 'b'");
  CHECK(run_steps("- duplicate: {c: b}", batch).error == "p.yaml:3:15: no column 'c' at this step");
  CHECK(run_steps("- duplicate: {a: [b]}", batch).error ==
        "p.yaml:3:18: the name of the new column must be a text that is not empty");
}
