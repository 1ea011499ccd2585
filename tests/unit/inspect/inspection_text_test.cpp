#include "inspect/inspection_text.h"

#include <doctest/doctest.h>

#include "unit/inspect/inspect_testing.h"

using namespace aml;
using namespace aml::inspect;
using inspect::testing::inspected;

TEST_CASE("a box spans the whiskers and marks the quartiles") {
  CHECK(box_line({0, 2, 5, 7, 10, 0, 0}, 11, table::Glyphs::ascii) ==
        "0 |-=="
        "=|==--| 10");
  CHECK(box_line({0, 0, 5, 10, 10, 1, 2}, 11, table::Glyphs::ascii) == "0 =====|===== 10, 1 below and 2 above");
}

TEST_CASE("lines say what the closer look was at") {
  InspectOptions options;
  options.sample_rows = 2;
  CHECK(inspection_lines(inspected("x\n1\n2\n3\n", options), {80, table::Glyphs::ascii})[1] ==
        "features, patterns, boxes and notes are from a sample of 2 rows");
  CHECK(inspection_lines(inspected("x\n1\n2\n3\n"), {80, table::Glyphs::ascii})[1] ==
        "features, patterns, boxes and notes are from all rows");
}

TEST_CASE("correlations fit the width of the terminal") {
  const auto lines = correlation_lines(inspected("a,b\n1,2\n2,3\n3,1\n").correlations, {80, table::Glyphs::ascii});
  CHECK(lines == std::vector<std::string>{"correlations: Pearson below the diagonal, Spearman above",
                                          "          [1]   [2]", " [1]  a     1 -0.50", " [2]  b -0.50     1"});
}
