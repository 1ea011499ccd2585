#include <doctest/doctest.h>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;
using Rows = std::vector<Names>;

namespace {

table::Batch numbers(int count) {
  TestColumn column{"n", ColumnType::int64, {}};
  for (int i = 0; i < count; ++i) column.cells.push_back(std::to_string(i));
  return make_batch({column});
}

}  // namespace

TEST_CASE("a percentage is chosen by seed and row number, whatever the batches") {
  const StepResult once = run_steps("- sample: {percent: 10, seed: 7}", numbers(10'000), {}, 10'000);
  CHECK(once.rows.size() > 900);
  CHECK(once.rows.size() < 1100);
  CHECK(run_steps("- sample: {percent: 10, seed: 7}", numbers(10'000), {}, 77).rows == once.rows);
  CHECK(run_steps("- sample: {percent: 10, seed: 8}", numbers(10'000)).rows != once.rows);
  CHECK(run_steps("- sample: {percent: 0}", numbers(10)).rows.empty());
  CHECK(run_steps("- sample: {percent: 100}", numbers(10)).rows.size() == 10);
}

TEST_CASE("a number of rows is exact and they keep their order") {
  const StepResult once = run_steps("- sample: {rows: 50, seed: 1}", numbers(20'000), {}, 20'000);
  REQUIRE(once.rows.size() == 50);
  for (size_t row = 1; row < 50; ++row) CHECK(std::stoi(once.rows[row - 1][0]) < std::stoi(once.rows[row][0]));
  CHECK(run_steps("- sample: {rows: 50, seed: 1}", numbers(20'000), {}, 999).rows == once.rows);
  CHECK(run_steps("- sample: {rows: 50}", numbers(20)).rows.size() == 20);
  CHECK(run_steps("- sample: {rows: 0}", numbers(20)).rows.empty());
}

TEST_CASE("sample takes one measure") {
  CHECK(run_steps("- sample: {seed: 1}", numbers(1)).error == "p.yaml:3:11: 'sample' takes either percent or rows");
  CHECK(run_steps("- sample: {percent: 101}", numbers(1)).error ==
        "p.yaml:3:21: 'percent' of 'sample' must be a number from 0 to 100");
}

TEST_CASE("by groups each has its share, whatever the size of the batches") {
  std::vector<std::string> classes, numbers;
  for (int i = 0; i < 100; ++i) {
    classes.push_back(i % 10 == 0 ? "rare" : "common");
    numbers.push_back(std::to_string(i));
  }
  const auto batch = make_batch({{"c", ColumnType::text, classes}, {"n", ColumnType::int64, numbers}});
  std::vector<std::vector<std::string>> first;
  for (const size_t size : {1U, 7U, 100U}) {
    Resources resources;
    resources.memory_bytes = size == 7 ? uint64_t{1} << 20 : kMemoryBytes;
    const StepResult result = run_steps("- sample: {percent: 25, by: [c], seed: 3}", batch, resources, size);
    REQUIRE(result.error == "");
    const auto rare =
        std::count_if(result.rows.begin(), result.rows.end(), [](const auto& row) { return row[0] == "rare"; });
    CHECK(rare == 3);  // 2.5 of 10
    CHECK(result.rows.size() == 3 + 23);
    CHECK(std::is_sorted(result.rows.begin(), result.rows.end(),
                         [](const auto& a, const auto& b) { return std::stoi(a[1]) < std::stoi(b[1]); }));
    if (first.empty()) first = result.rows;
    CHECK(result.rows == first);
  }
  CHECK(run_steps("- sample: {rows: 12, by: [c]}", batch).rows.size() == 22);
  CHECK(run_steps("- sample: {rows: 12, by: [d]}", batch).error == "p.yaml:3:27: no column 'd' at this step");
}
