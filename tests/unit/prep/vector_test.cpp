#include "prep/vector.h"

#include <doctest/doctest.h>

#include "unit/prep/make_batch.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;

TEST_CASE("a column viewed and made again has the same cells") {
  for (const ColumnType type : {ColumnType::int64, ColumnType::float64, ColumnType::boolean, ColumnType::date}) {
    const table::ColumnPtr column =
        make_column_of({"x", type, {"true", "", "a text that is no value", "2007-11-11", "7"}});
    const table::ColumnPtr again = make_column(view_column(column));
    CHECK(show(*again) == show(*column));
    CHECK(again->texts()[2].view() == "a text that is no value");
  }
}

TEST_CASE("text outlives the batch it came from") {
  table::ColumnPtr copy;
  {
    const table::ColumnPtr column = make_column_of({"x", ColumnType::text, {"a text longer than twelve bytes", "b"}});
    copy = make_column(view_column(column));
  }
  CHECK(show(*copy) == std::vector<std::string>{"a text longer than twelve bytes", "b"});
}

TEST_CASE("a constant is cut to the rows of a batch, or repeated for a longer one") {
  const Vector one = view_column(make_column_of({"x", ColumnType::int64, {"7"}}));
  const Vector many = repeat_first(one, 100);
  CHECK(take_first(many, 70).ints.size() == 70);
  CHECK(show(*make_column(take_first(many, 65))) == std::vector<std::string>(65, "7"));
  CHECK(show(*make_column(take_first(many, 130))) == std::vector<std::string>(130, "7"));
  const Vector missing = repeat_first(view_column(make_column_of({"x", ColumnType::int64, {""}})), 3);
  CHECK(show(*make_column(missing)) == std::vector<std::string>{"-", "-", "-"});
  const Vector failed = repeat_first(view_column(make_column_of({"x", ColumnType::int64, {"q"}})), 3);
  CHECK(show(*make_column(failed)) == std::vector<std::string>(3, "!not_an_integer"));
}

TEST_CASE("text blocks keep what was copied while they grow") {
  TextBlocks blocks;
  std::vector<table::TextView> views;
  for (int i = 0; i < 20'000; ++i) views.push_back(blocks.copy("a rather long text, number " + std::to_string(i)));
  const auto pins = blocks.take_pins();
  CHECK(pins.size() > 1);
  for (int i = 0; i < 20'000; ++i) {
    const table::TextView& view = views[static_cast<size_t>(i)];
    CHECK(view.view() == "a rather long text, number " + std::to_string(i));
  }
}
