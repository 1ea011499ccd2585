#include "inspect/comparison.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

TEST_CASE("whole numbers share bins, and shares add up to one") {
  const TableInspection before = inspected("x\n1\n2\n3\n"), after = inspected("x\n3\n4\n");
  const TableComparison comparison = compare_tables(before, after);
  const HistogramChart& chart = comparison.columns[0].chart;
  CHECK(chart.bins.size() == 4);
  CHECK(chart.series[0].shares[0] == doctest::Approx(1.0 / 3));
  CHECK(chart.series[1].shares == std::vector<double>{0, 0, 0.5, 0.5});
}

TEST_CASE("values are compared by their shares in either table") {
  const TableInspection before = inspected("x\na\na\nb\n"), after = inspected("x\nc\na\n");
  const HistogramChart chart = compare_tables(before, after).columns[0].chart;
  CHECK(chart.bins == std::vector<std::string>{"a", "c", "b"});
  CHECK(chart.series[1].shares == std::vector<double>{0.5, 0.5, 0});
}

TEST_CASE("lines show both tables on one scale") {
  const TableInspection before = inspected("x,y\n1,a\n1,a\n2,a\n"), after = inspected("x,z\n2,a\n2,a\n1,a\n");
  const auto lines = comparison_lines(compare_tables(before, after), {80, table::Glyphs::ascii});
  CHECK(lines[3] == "x  integer");
  CHECK(lines[6] == "  before 1 @= 2");
  CHECK(lines[7] == "  after  1 =@ 2");
  CHECK(std::find(lines.begin(), lines.end(), "y  only before") != lines.end());
  CHECK(std::find(lines.begin(), lines.end(), "z  only after") != lines.end());
}

TEST_CASE("tables without rows can be compared") {
  const TableInspection empty = inspected("x\n");
  CHECK(compare_tables(empty, empty).columns.size() == 1);
  CHECK(!comparison_lines(compare_tables(empty, empty), {80, table::Glyphs::ascii}).empty());
}
