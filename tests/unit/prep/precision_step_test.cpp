#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("precision rounds the digits written and keeps what is not a number") {
  const auto batch = make_batch({{"a", ColumnType::float64, {"2.675", "", "x", "-0.004", "12345678901234567890.125"}}});
  const StepResult result = run_steps("- precision: {a: 2}", batch);
  CHECK(result.rows == Rows{{"2.68"}, {"-"}, {"!not_a_number"}, {"0.00"}, {"12345678901234567890.13"}});
  CHECK(result.failures.empty());
  CHECK(run_steps("- precision: {a: -1}", batch).rows[0][0] == "0");
  CHECK(run_steps("- derive: {b: a * 1}\n- precision: {b: 1}", batch).rows[0] == Names{"2.675", "2.7"});
  CHECK(run_steps("- precision: {a: many}", batch).error ==
        "p.yaml:3:18: the places of column 'a' must be a whole number from -30 to 30");
  CHECK(run_steps("- cast: {a: text}\n- precision: {a: 1}", batch).error ==
        "p.yaml:4:15: 'precision' works on numbers, column 'a' is of type text");
}
