#include "prep/stratified_sample.h"

#include <doctest/doctest.h>

#include <map>

#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

// 900 rows of a, 90 of b and 10 of c, mixed.
table::Batch groups() {
  TestColumn name{"g", ColumnType::text, {}}, number{"n", ColumnType::int64, {}};
  for (int i = 0; i < 1000; ++i) {
    name.cells.push_back(i % 100 == 0 ? "c" : i % 100 < 10 ? "b" : "a");
    number.cells.push_back(std::to_string(i));
  }
  return make_batch({name, number});
}

std::map<std::string, int> counts_of(const StepResult& result) {
  std::map<std::string, int> counts;
  for (const auto& row : result.rows) ++counts[row[0]];
  return counts;
}

using Counts = std::map<std::string, int>;

}  // namespace

TEST_CASE("every group has its share of a percentage, within a row") {
  const Counts counts = counts_of(run_steps("- sample: {percent: 10, by: [g], seed: 3}", groups()));
  CHECK(counts == Counts{{"a", 90}, {"b", 9}, {"c", 1}});
}

TEST_CASE("a number of rows is shared out by the size of the groups") {
  CHECK(counts_of(run_steps("- sample: {rows: 100, by: [g]}", groups())) == Counts{{"a", 90}, {"b", 9}, {"c", 1}});
  CHECK(counts_of(run_steps("- sample: {rows: 5, by: [g]}", groups())) == Counts{{"a", 5}});
  CHECK(run_steps("- sample: {rows: 5000, by: [g]}", groups()).rows.size() == 1000);
  CHECK(run_steps("- sample: {rows: 0, by: [g]}", groups()).rows.empty());
}

TEST_CASE("a stratified sample does not depend on the batches and keeps the order") {
  for (const char* step : {"- sample: {rows: 60, by: [g], seed: 5}", "- sample: {percent: 7, by: [g], seed: 5}"}) {
    const StepResult once = run_steps(step, groups(), {}, 1000);
    CHECK(run_steps(step, groups(), {}, 7).rows == once.rows);
    for (size_t row = 1; row < once.rows.size(); ++row)
      CHECK(std::stoi(once.rows[row - 1][1]) < std::stoi(once.rows[row][1]));
  }
  CHECK(run_steps("- sample: {rows: 60, by: [g], seed: 5}", groups()).rows !=
        run_steps("- sample: {rows: 60, by: [g], seed: 6}", groups()).rows);
}

TEST_CASE("rows that lose their place are forgotten, and those that stay are whole") {
  TestColumn name{"g", ColumnType::text, {}}, number{"n", ColumnType::int64, {}};
  for (int i = 0; i < 30'000; ++i) {
    name.cells.push_back("g" + std::to_string(i % 2));
    number.cells.push_back(std::to_string(i));
  }
  const StepResult result = run_steps("- sample: {rows: 10, by: [g]}", make_batch({name, number}), {}, 512);
  REQUIRE(result.rows.size() == 10);
  for (const auto& row : result.rows) CHECK(row[0] == "g" + std::to_string(std::stoi(row[1]) % 2));
}

TEST_CASE("a group by an unknown column is refused") {
  CHECK(run_steps("- sample: {rows: 1, by: [h]}", groups()).error.find("'h'") != std::string::npos);
}
