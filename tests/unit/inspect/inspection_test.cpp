#include "inspect/inspection.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

TEST_CASE("whiskers end at the last values within the fences") {
  const TableInspection table = inspected("x\n1\n2\n3\n4\n5\n100\n");
  const BoxPlot& box = *table.columns[0].box;
  CHECK(box.low == 1);
  CHECK(box.q25 == 2.25);
  CHECK(box.median == 3.5);
  CHECK(box.q75 == 4.75);
  CHECK(box.high == 5);
  CHECK(box.below == 0);
  CHECK(box.above == 1);
}

TEST_CASE("a record has the keys of the profile and those of the inspection") {
  const TableInspection table = inspected("code\nAB-1\nCD-2\nAB-1\n");
  const text::Json record = text::to_json(describe(table, 0));
  CHECK(record["value_type"].string() == "text");
  CHECK(record["rows_sampled"].as_int() == 3);
  CHECK(record["patterns"].items()[0]["pattern"].string() == "[A-Z]{2}-\\d");
  CHECK(record["patterns"].items()[0]["share"].as_double() == 1.0);
  CHECK(record["findings"].is_array());
}

TEST_CASE("a table larger than the sample says so") {
  InspectOptions options;
  options.sample_rows = 2;
  const TableInspection table = inspected("x\n1\n2\n3\n", options);
  CHECK(table.rows_sampled == 2);
  CHECK(!table.sample_is_all());
}

TEST_CASE("numeric columns are correlated pair by pair") {
  const auto records = describe_correlations(inspected("a,b,c\n1,2,x\n2,4,y\n3,7,z\n"));
  REQUIRE(records.size() == 1);
  const text::Json record = text::to_json(records[0]);
  CHECK(record["name"].string() == "a");
  CHECK(record["other"].string() == "b");
  CHECK(record["spearman"].as_double() == doctest::Approx(1));
}

TEST_CASE("a table without rows can be inspected") {
  const TableInspection table = inspected("a,b\n");
  CHECK(table.columns.size() == 2);
  CHECK(table.columns[0].feature_type == FeatureType::empty);
}
