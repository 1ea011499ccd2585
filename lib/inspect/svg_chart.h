// Charts as inline SVG. They have no colours of their own but classes, which the page's style sheet fills for light and
// dark screens; each has a title for those who cannot see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspect/correlation.h"
#include "inspect/inspection.h"
#include "table/profile.h"

namespace aml::inspect {

// Bars of one histogram, or of two side by side: shares of each, so that tables of different size compare.
struct HistogramSeries {
  std::vector<double> shares;
};
struct HistogramChart {
  std::string title;
  std::string low, high;  // labels of the ends
  std::vector<HistogramSeries> series;
  std::vector<std::string> bins;  // "12 to 15", one per bin
};
std::string svg_histogram(const HistogramChart& chart);

// `low` and `high` are the ends of the axis, which holds the whiskers.
std::string svg_box(const BoxPlot& box, double low, double high);

std::string svg_correlations(const CorrelationMatrix& matrix);

struct Points {
  std::string x_name, y_name;
  std::vector<double> x, y;  // equally many; pairs with a NaN are left out
  std::string x_low, x_high, y_low, y_high;
};
enum class PointStyle : uint8_t { dots, line };
std::string svg_points(const Points& points, PointStyle style);

}  // namespace aml::inspect
