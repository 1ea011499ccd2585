#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch measures() {
  return make_batch({{"g", ColumnType::text, {"b", "a", "b", "", "a", "b"}},
                     {"i", ColumnType::int64, {"1", "2", "3", "4", "", "x"}},
                     {"d", ColumnType::float64, {"1.50", "2", "-7", "", "4", "1.5"}},
                     {"t", ColumnType::text, {"q", "", "p", "r", "a text that is long", "q"}}});
}

// The one row of a summary over all rows of column `x`.
std::string over(const TestColumn& column, const std::string& function) {
  const StepResult result = run_steps("- summarize:\n    columns:\n      r: " + function, make_batch({column}));
  return result.error.empty() ? result.rows.at(0).at(0) : result.error;
}

}  // namespace

TEST_CASE("groups come in the order they first appeared, whatever the batches") {
  for (const size_t size : {1U, 2U, 6U}) {
    const StepResult result = run_steps(
        "- summarize:\n    by: [g]\n    columns:\n      n: count\n      i_count: count(i)\n      i_sum: sum(i)\n"
        "      d_mean: mean(d)\n      low: min(d)\n      high: max(t)\n      start: first(t)\n      end: last(t)\n"
        "      kinds: distinct(d)\n      middle: median(i)",
        measures(), {}, size);
    CHECK(result.columns == Names{"g text", "n integer", "i_count integer", "i_sum integer", "d_mean number",
                                  "low number", "high text", "start text", "end text", "kinds integer",
                                  "middle number"});
    CHECK(result.rows == Rows{{"b", "3", "2", "4", "-1.3333333333333333", "-7", "q", "q", "q", "2", "2"},
                              {"a", "2", "1", "2", "3", "2", "a text that is long", "a text that is long",
                               "a text that is long", "2", "2"},
                              {"-", "1", "1", "4", "-", "-", "r", "r", "r", "0", "4"}});
    CHECK(result.places == Names{"t.csv:2", "t.csv:3", "t.csv:5"});
  }
}

TEST_CASE("without groups all rows are one, even if there are none") {
  const StepResult none = run_steps(
      "- filter: false\n- summarize: {columns: {n: count, s: sum(i), k: distinct(t), m: max(d)}}", measures());
  CHECK(none.rows == Rows{{"0", "-", "0", "-"}});
  CHECK(run_steps("- summarize: {columns: {n: count}}", measures()).rows == Rows{{"6"}});
  CHECK(run_steps("- filter: false\n- summarize: {by: [g], columns: {n: count}}", measures()).rows.empty());
}

TEST_CASE("sums and spreads keep their digits") {
  CHECK(over({"x", ColumnType::float64, {"1", "1e100", "1", "-1e100"}}, "sum(x)") == "2");
  CHECK(over({"x", ColumnType::float64, {"1000000004", "1000000007", "1000000013", "1000000016"}}, "variance(x)") ==
        "30");
  CHECK(over({"x", ColumnType::int64, {"2", "4", "4", "4", "5", "5", "7", "9"}}, "sd(x)") == "2.138089935299395");
  CHECK(over({"x", ColumnType::float64, {"3"}}, "sd(x)") == "-");
}

TEST_CASE("integers are summed exactly, and a sum that does not fit is an error") {
  const TestColumn back{"x", ColumnType::int64, {"9223372036854775807", "1", "-1"}};
  CHECK(over(back, "sum(x)") == "9223372036854775807");
  const TestColumn beyond{"x", ColumnType::int64, {"9223372036854775807", "1"}};
  CHECK(over(beyond, "sum(x)") == "!out_of_range");
  CHECK(over(beyond, "mean(x)") == "4611686018427387904");
  CHECK(run_steps("- summarize: {columns: {r: sum(x)}}", make_batch({beyond})).failures.size() == 1);
  CHECK(over({"x", ColumnType::float64, {"1e308", "1e308"}}, "sum(x)") == "!out_of_range");
}

TEST_CASE("quantiles are interpolated between two values") {
  const TestColumn numbers{"x", ColumnType::int64, {"4", "1", "3", "2", "", "x"}};
  CHECK(over(numbers, "median(x)") == "2.5");
  CHECK(over(numbers, "quantile(x, 0)") == "1");
  CHECK(over(numbers, "quantile(x, 0.25)") == "1.75");
  CHECK(over(numbers, "quantile(x, 1)") == "4");
}

TEST_CASE("summarize points at what it does not understand") {
  CHECK(over({"x", ColumnType::text, {"1"}}, "mean(x)") ==
        "p.yaml:5:15: 'mean' needs a number, column 'x' is of type text");
  CHECK(over({"x", ColumnType::int64, {"1"}}, "men(x)") == "p.yaml:5:10: unknown function 'men' of 'summarize'");
  CHECK(over({"x", ColumnType::int64, {"1"}}, "mean(y)") == "p.yaml:5:15: no column 'y' at this step");
  CHECK(over({"x", ColumnType::int64, {"1"}}, "mean(x + 1)") == "p.yaml:5:10: 'mean' takes a column");
  CHECK(over({"x", ColumnType::int64, {"1"}}, "quantile(x, 2)") == "p.yaml:5:22: a quantile is a number from 0 to 1");
  CHECK(run_steps("- summarize: {by: [g], columns: {g: count}}", measures()).error ==
        "p.yaml:3:34: two columns would be named 'g'");
}

TEST_CASE("values that summarize has to hold beyond its memory are an error that says how much and what to do") {
  std::vector<std::string> cells;
  for (int i = 0; i < 200'000; ++i) cells.push_back(std::to_string(i));
  Resources resources;
  resources.memory_bytes = 1000;
  const table::Batch batch = make_batch({{"x", ColumnType::int64, cells}});
  const StepResult result = run_steps("- summarize: {columns: {m: median(x)}}", batch, resources, 1000);
  CHECK(result.error.starts_with("'summarize' needs "));
  CHECK(result.error.ends_with(" for the values of 1 groups, but may hold 1000 B"));
  CHECK(result.hint == "give it more with --memory, or drop columns and rows before this step");
  CHECK(run_steps("- summarize: {columns: {m: median(x)}}", batch, {}, 1000).rows == Rows{{"99999.5"}});
}
