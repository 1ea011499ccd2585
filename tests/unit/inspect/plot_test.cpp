#include "inspect/plot.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

TEST_CASE("numbers over numbers are dots, numbers over dates a line of means") {
  const TableInspection table = inspected("x,d,y\n1,2024-01-01,2\n2,2024-01-01,4\n,2024-01-02,6\n");
  const auto dots = plot_columns(table, "x", "y");
  REQUIRE(dots.ok());
  CHECK(dots->style == PointStyle::dots);
  CHECK(dots->points.x == std::vector<double>{1, 2});
  const auto line = plot_columns(table, "d", "y");
  REQUIRE(line.ok());
  CHECK(line->style == PointStyle::line);
  CHECK(line->points.y == std::vector<double>{3, 6});
}

TEST_CASE("columns that cannot be plotted are refused by name") {
  const TableInspection table = inspected("x,t,e\n1,a,\n2,b,\n");
  CHECK(plot_columns(table, "X", "x").error().message == "no column 'X' in t.csv");
  CHECK(plot_columns(table, "x", "t").error().message ==
        "cannot plot column 't' of t.csv: it holds no numbers or dates");
}

TEST_CASE("a plot in text has its corners in place") {
  const auto plot = plot_columns(inspected("x,y\n0,0\n10,5\n"), "x", "y");
  REQUIRE(plot.ok());
  const auto lines = plot_lines(*plot, {42, table::Glyphs::ascii});
  CHECK(lines[0] == "y, 0 to 5");
  CHECK(lines[1] == "|" + std::string(39, ' ') + "o");
  CHECK(lines[16] == "|o");
  CHECK(lines[18] == " x, 0 to 10");
}
