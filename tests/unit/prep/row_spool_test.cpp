#include "prep/row_spool.h"

#include <doctest/doctest.h>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

TEST_CASE("rows come back as they went in, from memory and from the file") {
  for (const uint64_t memory : {uint64_t{0}, uint64_t{1} << 20}) {
    Resources resources;
    resources.memory_bytes = memory;
    const auto batch = make_batch({{"t", ColumnType::text, {"a text that is longer than twelve bytes", "", "b"}},
                                   {"n", ColumnType::int64, {"007", "x", ""}}});
    RowSpool spool(batch.schema, resources);
    for (int i = 0; i < 3; ++i) REQUIRE(spool.add(batch).ok());
    CHECK(spool.is_spilled() == (memory == 0));
    size_t batches = 0;
    const auto status = spool.drain([&](const table::Batch& read) -> Status {
      ++batches;
      CHECK(show(*read.columns[0]) == show(*batch.columns[0]));
      CHECK(show(*read.columns[1]) == std::vector<std::string>{"007", "!not_an_integer", "-"});
      CHECK(table::place_of(read, 1) == "t.csv:3");
      return {};
    });
    REQUIRE(status.ok());
    CHECK(batches == 3);
  }
}
