#include "prep/spill_partitions.h"

#include <doctest/doctest.h>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

namespace {

std::vector<std::string> read_back(SpillPartitions& partitions, uint32_t partition) {
  std::vector<std::string> cells;
  const Status read = partitions.read(partition, [&](table::Batch batch) -> Status {
    for (size_t row = 0; row < batch.rows; ++row)
      cells.push_back(show(*batch.columns[0], row) + "/" + show(*batch.columns[1], row));
    return {};
  });
  CHECK(read.ok());
  return cells;
}

}  // namespace

TEST_CASE("rows come back from their partitions in order, whether or not they were written out") {
  const table::Batch batch = make_batch({{"a", ColumnType::text, {"x", "", "long enough to be a view", "y"}},
                                         {"n", ColumnType::int64, {"1", "2", "?", ""}}});
  for (const size_t times : {1U, 3000U}) {  // 3000 times are more than a chunk
    SpillPartitions partitions(batch.schema, {}, 0);
    std::vector<std::string> expected;
    for (size_t i = 0; i < times; ++i) {
      REQUIRE(partitions.add(batch, std::vector<uint32_t>{3, 31, 3, 3}).ok());
      for (const char* row : {"x/1", "long enough to be a view/!not_an_integer", "y/-"}) expected.push_back(row);
    }
    CHECK(!partitions.is_empty(3));
    CHECK(partitions.is_empty(4));
    CHECK(read_back(partitions, 3) == expected);
    CHECK(read_back(partitions, 31) == std::vector<std::string>(times, "-/2"));
  }
}

TEST_CASE("each level looks at other bits of a key") {
  const table::Batch batch = make_batch({{"a", ColumnType::text, {}}});
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const std::string key = std::to_string(i);
    const SpillPartitions first(batch.schema, {}, 0), second(batch.schema, {}, 1);
    CHECK(first.partition_of(key) < SpillPartitions::kCount);
    differs = differs || first.partition_of(key) != second.partition_of(key);
  }
  CHECK(differs);
}

TEST_CASE("numbers of rows stand in a column behind the others") {
  const table::Batch batch = make_batch({{"a", ColumnType::text, {"x", "y"}}});
  const auto schema = schema_with_sequence(*batch.schema);
  CHECK(show(*with_sequence(batch, schema, 7, {}).columns[1], 1) == "8");
  CHECK(show(*with_sequence(batch, schema, 7, std::vector<uint32_t>{0, 5}).columns[1], 1) == "12");
}
