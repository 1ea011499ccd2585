#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

TEST_CASE("fill_down takes the last value above, across batches of any size") {
  const auto batch = make_batch({{"region", ColumnType::text, {"", "north of everything", "", "", "", "s", ""}},
                                 {"n", ColumnType::int64, {"1", "", "x", "", "", "", ""}}});
  for (const size_t size : {1U, 2U, 3U, 7U}) {
    const StepResult result = run_steps("- fill_down: [region, n]", batch, {}, size);
    CHECK(result.rows == Rows{{"-", "1"},
                              {"north of everything", "1"},
                              {"north of everything", "!not_an_integer"},
                              {"north of everything", "1"},
                              {"north of everything", "1"},
                              {"s", "1"},
                              {"s", "1"}});
  }
  CHECK(run_steps("- fill_down: [regio]", batch).hint == "did you mean 'region'?");
}

TEST_CASE("a value without text fills as its canonical text") {
  const auto batch = make_batch({{"n", ColumnType::int64, {"3", "", "4", ""}}});
  CHECK(run_steps("- derive: {half: n / 2}\n- fill_down: [half]", batch, {}, 1).rows ==
        Rows{{"3", "1.5"}, {"-", "1.5"}, {"4", "2"}, {"-", "2"}});
}
