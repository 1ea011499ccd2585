#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("the first row goes, and columns have the names that were learned") {
  const auto batch =
      make_batch({{"column1", ColumnType::text, {"x", "1", "2"}}, {"column2", ColumnType::text, {"y", "", "3"}}});
  for (const size_t size : {1U, 2U, 3U}) {
    const StepResult result = run_steps("- first_row_as_header: {values: [x, y]}", batch, {}, size);
    CHECK(result.columns == Names{"x text", "y text"});
    CHECK(result.rows == Rows{{"1", "-"}, {"2", "3"}});
  }
  CHECK(run_steps("- first_row_as_header: {}", batch).error ==
        "p.yaml:3:24: the names of the columns are not known before the rows");
  CHECK(run_steps("- first_row_as_header: {values: [x]}", batch).error ==
        "p.yaml:3:33: 'values' must be a list of 2 names");
  CHECK(run_steps("- first_row_as_header: {values: [x, x]}", batch).error.ends_with("two columns would be named 'x'"));
}
