#include "prep/keyed_stage.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;

namespace {

// Rows of few and of many keys, some of them missing or errors.
table::Batch soup(uint64_t seed, size_t rows, uint64_t keys) {
  const Random random(seed, 0);
  Names names, numbers, values;
  for (size_t row = 0; row < rows; ++row) {
    const uint64_t key = random.below_at(row * 3, keys);
    names.push_back(key == 0 ? "" : "key " + std::string(key % 40, 'x') + std::to_string(key));
    numbers.push_back(random.below_at(row * 3 + 1, 9) == 0 ? "?" : std::to_string(key % 7));
    values.push_back(std::to_string(static_cast<double>(random.below_at(row * 3 + 2, 1000)) / 7));
  }
  return make_batch({{"name", ColumnType::text, names},
                     {"number", ColumnType::int64, numbers},
                     {"value", ColumnType::float64, values}});
}

Resources with_memory(uint64_t bytes) {
  Resources resources;
  resources.memory_bytes = bytes;
  return resources;
}

}  // namespace

TEST_CASE("keys that do not fit in memory give the same rows in the same order") {
  const std::string distinct = "- distinct: [name, number]";
  const std::string summarize =
      "- summarize: {by: [number, name], columns: {n: count, sum: sum(value), mean: mean(value), first: first(value)}}";
  for (const uint64_t keys : {uint64_t{1}, uint64_t{50}, uint64_t{100'000}}) {
    const table::Batch batch = soup(keys, 3000, keys);
    for (const std::string& steps : {distinct, summarize}) {
      const StepResult held = run_steps(steps, batch, {}, 700);
      REQUIRE(held.error.empty());
      for (const uint64_t memory : {uint64_t{1}, uint64_t{60'000}}) {
        const StepResult spilled = run_steps(steps, batch, with_memory(memory), 700);
        INFO(steps, " of ", keys, " keys in ", memory, " bytes");
        CHECK(spilled.error.empty());
        CHECK(spilled.rows == held.rows);
        CHECK(spilled.columns == held.columns);
        CHECK(spilled.failures == held.failures);
        if (steps == distinct) CHECK(spilled.places == held.places);
      }
    }
  }
}

TEST_CASE("rows set aside that cannot be written are an error that names the folder") {
  Resources resources = with_memory(1);
  resources.temporary_folder = "/nonexistent";
  const StepResult result = run_steps("- distinct: [value]", soup(1, 3000, 3000), resources);
  CHECK(result.error.find("a temporary file in '/nonexistent'") != std::string::npos);
}
