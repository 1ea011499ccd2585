#include "prep/join_stage.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "unit/prep/other_file.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Names = std::vector<std::string>;

namespace {

std::string key_at(const Random& random, uint64_t index, uint64_t keys) {
  const uint64_t key = random.below_at(index, keys);
  return key == 0 ? "" : "k" + std::to_string(key);
}

table::Batch left_rows(uint64_t rows, uint64_t keys) {
  const Random random(1, 0);
  Names names, numbers;
  for (uint64_t row = 0; row < rows; ++row) {
    names.push_back(key_at(random, row, keys));
    numbers.push_back(std::to_string(row));
  }
  return make_batch({{"key", ColumnType::text, names}, {"n", ColumnType::int64, numbers}});
}

std::string right_rows(uint64_t rows, uint64_t keys) {
  const Random random(2, 0);
  std::string text = "what,key,n\n";
  for (uint64_t row = 0; row < rows; ++row)
    text += "a text that is longer than a view holds," + key_at(random, row, keys) + "," + std::to_string(row) + "\n";
  return text;
}

Resources with_memory(uint64_t bytes) {
  Resources resources;
  resources.memory_bytes = bytes;
  return resources;
}

}  // namespace

TEST_CASE("a join of any kind beyond its memory gives the same rows in the same order") {
  const table::Batch left = left_rows(4000, 3000);
  const OtherFile other(right_rows(20'000, 5000));
  for (const std::string kind : {"inner", "left", "right", "full", "anti"}) {
    const std::string steps = "- join: {file: " + other.path() + ", on: [key], kind: " + kind + "}";
    const StepResult held = run_steps(steps, left, {}, 1000);
    REQUIRE(held.error.empty());
    REQUIRE(held.rows.size() > 50);
    // The second is too little for some of the partitions too.
    for (const uint64_t memory : {uint64_t{1'200'000}, uint64_t{60'000}}) {
      const StepResult spilled = run_steps(steps, left, with_memory(memory), 1000);
      INFO(kind, " in ", memory, " bytes");
      CHECK(spilled.error.empty());
      CHECK(spilled.rows == held.rows);
      CHECK(spilled.columns == held.columns);
      CHECK(spilled.places == held.places);
    }
  }
}

TEST_CASE("rows of one key that do not fit are an error: they cannot be set apart") {
  const OtherFile other(right_rows(20'000, 2));
  const std::string steps = "- join: {file: " + other.path() + ", on: [key]}";
  const StepResult result = run_steps(steps, left_rows(10, 2), with_memory(100'000), 1000);
  CHECK(result.error.starts_with("'join' needs "));
  CHECK(result.error.find(" rows of one key, but may hold ") != std::string::npos);
}

TEST_CASE("numbered tables add their numbers behind the left columns and at the end") {
  const auto text = [](const char* name) { return table::Field{name, ColumnType::text}; };
  const auto schema = [](std::vector<table::Field> fields) {
    return std::make_shared<const table::Schema>(std::move(fields));
  };
  JoinColumns columns;
  columns.left = schema({text("a"), text("b")});
  columns.held = schema({text("c"), text("a")});
  columns.added = {0};
  columns.schema = schema({text("a"), text("b"), text("c")});
  CHECK(numbered(columns).schema->names() == Names{"a", "b", "", "c", ""});
  CHECK(numbered(columns).added == std::vector<size_t>{0, 2});
  columns.kind = JoinKind::anti;
  columns.schema = columns.left;
  CHECK(numbered(columns).schema->names() == Names{"a", "b", ""});
}
