#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch visits() {
  return make_batch({{"who", ColumnType::text, {"a", "b", "a", "", "a", ""}},
                     {"n", ColumnType::float64, {"1", "1.0", "1.00", "2", "x", "2"}}});
}

}  // namespace

TEST_CASE("distinct keeps the first row of equal values, over batches of any size") {
  for (const size_t size : {1U, 2U, 6U}) {
    CHECK(run_steps("- distinct: [who]", visits(), {}, size).rows == Rows{{"a", "1"}, {"b", "1.0"}, {"-", "2"}});
    CHECK(run_steps("- distinct: [n]", visits(), {}, size).rows ==
          Rows{{"a", "1"}, {"-", "2"}, {"a", "!not_a_number"}});
    CHECK(run_steps("- distinct: all", visits(), {}, size).rows ==
          Rows{{"a", "1"}, {"b", "1.0"}, {"-", "2"}, {"a", "!not_a_number"}});
  }
  CHECK(run_steps("- distinct: [n]", visits()).places == Names{"t.csv:2", "t.csv:5", "t.csv:6"});
}
