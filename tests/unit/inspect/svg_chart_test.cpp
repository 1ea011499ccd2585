#include "inspect/svg_chart.h"

#include <doctest/doctest.h>

#include <limits>

using namespace aml::inspect;

namespace {

size_t count_of(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a histogram has a bar per bin and series") {
  const std::string svg = svg_histogram({"t<i>tle", "0", "9", {{{0.5, 0.5}}, {{1, 0}}}, {"0 to 5", "5 to 9"}});
  CHECK(count_of(svg, "<rect class=\"s0\"") == 2);
  CHECK(count_of(svg, "<rect class=\"s1\"") == 2);
  CHECK(count_of(svg, "t&lt;i&gt;tle") == 1);
}

TEST_CASE("charts of nothing are still charts") {
  CHECK(svg_histogram({}).ends_with("</svg>"));
  CHECK(svg_correlations({}).ends_with("</svg>"));
  CHECK(svg_points({}, PointStyle::line).ends_with("</svg>"));
  CHECK(svg_box({}, 0, 0).ends_with("</svg>"));
}

TEST_CASE("points without a number are left out") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::string svg = svg_points({"x", "y", {1, none, 3}, {1, 2, 3}, "1", "3", "1", "3"}, PointStyle::dots);
  CHECK(count_of(svg, "<circle") == 2);
  CHECK(svg.find("nan") == std::string::npos);
}

TEST_CASE("a matrix shows both coefficients of a pair") {
  const std::string svg = svg_correlations(correlate({{"a", {1, 2, 3}}, {"b", {1, 4, 2}}}));
  CHECK(count_of(svg, "class=\"cell\"") == 4);
}
