#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch numbers() {
  return make_batch({{"a", ColumnType::int64, {"2", "4", "", "6", "x"}},
                     {"b", ColumnType::float64, {"1", "1", "1", "1", "1"}},
                     {"c", ColumnType::float64, {"1", "2", "3", "4", "100"}},
                     {"t", ColumnType::text, {"", "", "", "", ""}}});
}

}  // namespace

TEST_CASE("columns are centered and scaled by what their rows say") {
  CHECK(run_steps("- scale: {columns: {a: min_max, b: z_score, c: robust}}\n- drop: [t]", numbers()).rows ==
        Rows{{"0", "0", "-1"},
             {"0.5", "0", "-0.5"},
             {"-", "0", "0"},
             {"1", "0", "0.5"},
             {"!not_an_integer", "0", "48.5"}});
}

TEST_CASE("a z-score divides by the deviation of the rows themselves") {
  const StepResult result = run_steps("- scale: {columns: {a: z_score}}\n- keep: [a]", numbers());
  CHECK(result.columns == Names{"a number"});
  CHECK(result.rows == Rows{{"-1.224744871391589"}, {"0"}, {"-"}, {"1.224744871391589"}, {"!not_an_integer"}});
}

TEST_CASE("given values are applied, and an overflow is an error") {
  CHECK(run_steps("- scale: {columns: {c: z_score}, values: {c: {center: 1, scale: 1e-308}}}\n- keep: [c]", numbers())
            .rows == Rows{{"0"}, {"1e+308"}, {"!out_of_range"}, {"!out_of_range"}, {"!out_of_range"}});
}

TEST_CASE("mistakes in scale are shown in their place") {
  const auto error_of = [](const std::string& arguments) {
    return run_steps("- scale: " + arguments, numbers()).error;
  };
  CHECK(error_of("{columns: {t: z_score}}") == "p.yaml:3:21: 'scale' needs a number, column 't' is of type text");
  CHECK(error_of("{columns: {a: zscore}}") == "p.yaml:3:24: unknown value 'zscore' for the method");
  CHECK(error_of("{columns: {a: z_score}, values: {a: {center: 1, scale: 0}}}") ==
        "p.yaml:3:42: 'scale' must not be 0");
  CHECK(error_of("{columns: {a: z_score}, values: {a: {center: 1}}}") == "p.yaml:3:42: 'scale' must be a number");
  CHECK(error_of("{columns: {a: z_score}, values: {b: 1}}") == "p.yaml:3:42: 'values' needs 'a'");
}
