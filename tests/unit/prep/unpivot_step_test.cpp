#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch sales() {
  return make_batch({{"q1", ColumnType::int64, {"1", "2"}},
                     {"shop", ColumnType::text, {"a", "b"}},
                     {"q2", ColumnType::int64, {"", "x"}}});
}

}  // namespace

TEST_CASE("unpivot makes a row for each of the columns") {
  const StepResult result = run_steps("- unpivot: {columns: [q2, q1], name: quarter, value: sold}", sales());
  CHECK(result.columns == Names{"shop text", "quarter text", "sold integer"});
  CHECK(result.rows == Rows{{"a", "q2", "-"}, {"a", "q1", "1"}, {"b", "q2", "!not_an_integer"}, {"b", "q1", "2"}});
  CHECK(result.places == Names{"t.csv:2", "t.csv:2", "t.csv:3", "t.csv:3"});
}

TEST_CASE("values read and values computed stand in one column") {
  const StepResult result = run_steps(
      "- cast: {q1: number}\n- derive: {half: q1 / 2}\n- unpivot: {columns: [q1, half], name: n, value: v}\n"
      "- keep: [v]",
      sales());
  CHECK(result.rows == Rows{{"1"}, {"0.5"}, {"2"}, {"1"}});
}

TEST_CASE("unpivot needs columns of one type and new names") {
  CHECK(run_steps("- unpivot: {columns: [q1, shop], name: n, value: v}", sales()).error ==
        "p.yaml:3:27: column 'shop' is of type text, but 'q1' is of type integer");
  CHECK(run_steps("- unpivot: {columns: [q1], name: shop, value: v}", sales()).error ==
        "p.yaml:3:34: two columns would be named 'shop'");
  CHECK(run_steps("- unpivot: {columns: [q1, q2], name: q1, value: q2}", sales()).columns ==
        Names{"shop text", "q1 text", "q2 integer"});
}
