#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch sales() {
  return make_batch({{"shop", ColumnType::text, {"a", "b", "a", "a", "b", "a"}},
                     {"day", ColumnType::int64, {"3", "1", "1", "2", "2", "2"}},
                     {"sold", ColumnType::float64, {"30", "5", "10", "", "x", "20"}}});
}

// The new columns alone, whatever the size of the batches and the memory.
Rows windows(const std::string& arguments) {
  Rows rows;
  for (const size_t batch_rows : {1U, 2U, 6U}) {
    for (const uint64_t memory : {uint64_t{1} << 20, uint64_t{1} << 24}) {
      Resources resources;
      resources.memory_bytes = memory;
      const StepResult result =
          run_steps("- window: " + arguments + "\n- drop: [shop, day, sold]", sales(), resources, batch_rows);
      if (!result.error.empty()) return {{result.error, result.hint}};
      if (!rows.empty()) CHECK(rows == result.rows);
      rows = result.rows;
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("functions run over the rows of a group in their order, and rows stay where they were") {
  CHECK(windows("{by: [shop], order: [day], columns: {n: row_number, r: rank, d: dense_rank}}") ==
        Rows{{"4", "4", "3"}, {"1", "1", "1"}, {"1", "1", "1"}, {"2", "2", "2"}, {"2", "2", "2"}, {"3", "2", "2"}});
  CHECK(windows("{by: [shop], order: [{day: descending}], columns: {n: row_number, r: rank}}") ==
        Rows{{"1", "1"}, {"2", "2"}, {"4", "4"}, {"2", "2"}, {"1", "1"}, {"3", "2"}});
  CHECK(windows("{columns: {n: row_number}}") == Rows{{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}});
}

TEST_CASE("lag and lead look at other rows of the group") {
  CHECK(windows("{by: [shop], order: [day], columns: {before: lag(sold), two: 'lag(sold, 2)', next: lead(day)}}") ==
        Rows{{"20", "-", "-"}, {"-", "-", "2"}, {"-", "-", "2"}, {"10", "-", "2"}, {"5", "-", "-"}, {"-", "10", "3"}});
  CHECK(windows("{by: [shop], columns: {next: lead(sold), far: 'lead(shop, 3)'}}") ==
        Rows{{"10", "a"}, {"!not_a_number", "-"}, {"-", "-"}, {"20", "-"}, {"-", "-"}, {"-", "-"}});
}

TEST_CASE("sums run from the first row, and leave out what has no value") {
  CHECK(windows("{by: [shop], order: [day], columns: {s: sum(sold), m: mean(sold), c: count(sold)}}") ==
        Rows{{"60", "20", "3"},
             {"5", "5", "1"},
             {"10", "10", "1"},
             {"10", "10", "1"},
             {"5", "5", "1"},
             {"30", "15", "2"}});
  CHECK(windows("{by: [shop], columns: {lo: min(day), hi: max(sold)}}") ==
        Rows{{"3", "30"}, {"1", "5"}, {"1", "30"}, {"1", "30"}, {"1", "5"}, {"1", "30"}});
}

TEST_CASE("with a number of rows they look at the last of them") {
  CHECK(windows("{columns: {s: 'sum(day, 2)', m: 'mean(sold, 3)', lo: 'min(sold, 1)'}}") == Rows{{"3", "30", "30"},
                                                                                                 {"4", "17.5", "5"},
                                                                                                 {"2", "15", "10"},
                                                                                                 {"3", "7.5", "-"},
                                                                                                 {"4", "10", "-"},
                                                                                                 {"4", "20", "20"}});
}

TEST_CASE("a sum that does not fit is an error, and counted once") {
  const auto batch = make_batch({{"n", ColumnType::int64, {"9223372036854775807", "1"}}});
  const StepResult result = run_steps("- window: {columns: {s: sum(n)}}", batch);
  CHECK(result.rows[1][1] == "!out_of_range");
  CHECK(result.failures == Names{"column 's': 1 error (out of range), the first at t.csv:3"});
}

TEST_CASE("mistakes in window are shown in their place") {
  const auto error_of = [](const std::string& arguments) { return windows(arguments)[0][0]; };
  CHECK(error_of("{columns: {x: lagg(sold)}}") == "p.yaml:3:25: unknown function 'lagg' of 'window'");
  CHECK(error_of("{columns: {x: lag(sld)}}") == "p.yaml:3:29: no column 'sld' at this step");
  CHECK(error_of("{columns: {x: sum(shop)}}") == "p.yaml:3:29: 'sum' needs a number, column 'shop' is of type text");
  CHECK(error_of("{columns: {x: rank}}") == "p.yaml:3:25: 'rank' needs an order");
  CHECK(error_of("{columns: {x: 'lag(sold, 0)'}}") == "p.yaml:3:36: the number of rows is 1 to 10000");
  CHECK(error_of("{columns: {x: lag}}") == "p.yaml:3:25: 'lag' takes a column, and a number of rows");
  CHECK(error_of("{columns: {x: row_number(day)}}") == "p.yaml:3:25: 'row_number' takes nothing");
  CHECK(error_of("{columns: {day: row_number}}") == "p.yaml:3:22: two columns would be named 'day'");
  CHECK(error_of("{order: day, columns: {x: row_number}}") == "p.yaml:3:19: 'order' takes a list of columns");
}
