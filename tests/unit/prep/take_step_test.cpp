#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("take keeps the first rows over batches of any size") {
  const auto batch = make_batch({{"a", ColumnType::text, {"1", "2", "3", "4", "5"}}});
  for (const size_t size : {1U, 2U, 3U, 5U}) {
    CHECK(run_steps("- take: 3", batch, {}, size).rows == Rows{{"1"}, {"2"}, {"3"}});
    CHECK(run_steps("- take: 0", batch, {}, size).rows.empty());
    CHECK(run_steps("- take: 9", batch, {}, size).rows.size() == 5);
  }
  CHECK(run_steps("- take: -1", batch).error ==
        "p.yaml:3:9: the number of rows of 'take' must be a whole number, 0 or more");
}
