#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch sales() {
  return make_batch({{"shop", ColumnType::text, {"n", "s", "n", "n", "w"}},
                     {"quarter", ColumnType::text, {"q1", "q2", "q2", "q1", ""}},
                     {"sold", ColumnType::int64, {"1", "2", "3", "4", "5"}}});
}

StepResult pivot(const std::string& arguments) { return run_steps("- pivot: " + arguments, sales()); }

}  // namespace

TEST_CASE("each name becomes a column, each group a row") {
  const StepResult result = pivot("{by: [shop], name: quarter, value: sold, with: sum, values: [q1, q2, q3]}");
  CHECK(result.columns == Names{"shop text", "q1 integer", "q2 integer", "q3 integer"});
  CHECK(result.rows == Rows{{"n", "5", "3", "-"}, {"s", "-", "2", "-"}, {"w", "-", "-", "-"}});
  CHECK(pivot("{name: quarter, value: sold, with: count, values: [q2, q1]}").rows == Rows{{"2", "2"}});
}

TEST_CASE("a name that is no column stops the work unless it is to be ignored") {
  CHECK(pivot("{by: [shop], name: quarter, value: sold, with: sum, values: [q1]}").error ==
        "t.csv:3: 'q2' is not among the columns of 'pivot'");
  CHECK(pivot("{by: [shop], name: quarter, value: sold, with: max, unknown: ignore, values: [q1]}").rows ==
        Rows{{"n", "4"}, {"s", "-"}, {"w", "-"}});
}

TEST_CASE("mistakes in pivot are shown in their place") {
  CHECK(pivot("{by: [shop], name: quarter, value: sold, with: sum}").error ==
        "p.yaml:3:10: the columns of 'pivot' are not known before the rows");
  CHECK(pivot("{by: [shop], name: quarter, value: sold}").error == "p.yaml:3:10: 'pivot' needs 'with'");
  CHECK(pivot("{name: sold, value: quarter, with: sum, values: [1]}").error ==
        "p.yaml:3:30: 'sum' needs a number, column 'quarter' is of type text");
  CHECK(pivot("{name: quarter, value: sold, with: quantile, values: [1]}").error ==
        "p.yaml:3:45: unknown value 'quantile' for 'with' of 'pivot'");
  CHECK(pivot("{by: [shop], name: quarter, value: sold, with: sum, values: [shop]}")
            .error.ends_with("two columns would be named 'shop'"));
}
