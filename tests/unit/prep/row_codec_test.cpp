#include "prep/row_codec.h"

#include <doctest/doctest.h>

#include "prep/held_rows.h"
#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

TEST_CASE("rows come back as they were, in any order, from anywhere") {
  const std::string longer(300, 'x');
  table::Batch batch = make_batch({{"t", ColumnType::text, {"a", "", longer}},
                                   {"i", ColumnType::int64, {"007", "", "no"}},
                                   {"d", ColumnType::float64, {"1.50", "x", ""}},
                                   {"b", ColumnType::boolean, {"yes", "", "maybe"}}});
  HeldRows held(batch.schema);
  held.add(batch);
  batch.origin.source = std::make_shared<const std::string>("u.csv");
  held.add(batch);
  const table::Batch all = held.read(0, 6);
  for (size_t column = 0; column < 4; ++column)
    for (size_t row = 0; row < 6; ++row)
      CHECK(show(*all.columns[column], row) == show(*batch.columns[column], row % 3));
  const std::vector<uint32_t> numbers = {5, 0, 5};
  const table::Batch some = held.read(numbers);
  CHECK(some.columns[0]->texts()[2].view() == longer);
  CHECK(some.columns[1]->texts()[1].view() == "007");
  CHECK(table::place_of(some, 0) == "u.csv:4");
  CHECK(table::place_of(some, 1) == "t.csv:2");
}

TEST_CASE("computed cells get their canonical text beside cells that keep theirs") {
  const table::Batch kept = make_batch({{"d", ColumnType::float64, {"1.50"}}});
  table::Batch computed = kept;
  table::ColumnBuilder builder(ColumnType::float64);
  builder.append_double(0.25);
  computed.columns = {builder.finish()};
  HeldRows held(kept.schema);
  held.add(kept);
  held.add(computed);
  CHECK(show(*held.read(0, 2).columns[0]) == std::vector<std::string>{"1.50", "0.25"});
  CHECK(held.read(1, 2).columns[0]->texts().empty());
}
