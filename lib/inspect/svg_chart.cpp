#include "inspect/svg_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "inspect/html_text.h"

namespace aml::inspect {
namespace {

constexpr double kWidth = 300, kHeight = 90, kLabel = 16;

double highest_share(const HistogramChart& chart) {
  double highest = 0;
  for (const HistogramSeries& series : chart.series)
    for (const double share : series.shares) highest = std::max(highest, share);
  return highest;
}

std::string axis_labels(std::string_view low, std::string_view high, double width, double y) {
  return fmt::format("<text class=\"axis\" x=\"0\" y=\"{:.1f}\">{}</text>", y, html_text(low, 24)) +
         fmt::format("<text class=\"axis\" x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", width, y,
                     html_text(high, 24));
}

std::string open_svg(double width, double height, std::string_view title) {
  return fmt::format(
      "<svg viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\"><title>{2}</title>",
      width, height, html_text(title));
}

struct Range {
  double low = 0, high = 0;
  double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

Range range_of(const std::vector<double>& values) {
  Range range{HUGE_VAL, -HUGE_VAL};
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

}  // namespace

std::string svg_histogram(const HistogramChart& chart) {
  const double highest = highest_share(chart);
  std::string svg = open_svg(kWidth, kHeight + kLabel, chart.title);
  const size_t bins = chart.bins.size(), sets = chart.series.size();
  const double bin = kWidth / static_cast<double>(std::max<size_t>(bins, 1));
  const double bar = (bin - (bins > 1 ? 1 : 0)) / static_cast<double>(std::max<size_t>(sets, 1));
  for (size_t set = 0; set < sets; ++set) {
    for (size_t i = 0; i < bins; ++i) {
      const double share = chart.series[set].shares[i];
      const double height = highest > 0 ? share / highest * (kHeight - 2) : 0;
      svg += fmt::format(
          "<rect class=\"s{}\" x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\"><title>{}: {:.1f} "
          "%</title></rect>",
          set, static_cast<double>(i) * bin + static_cast<double>(set) * bar, kHeight - height, bar, height,
          html_text(chart.bins[i]), 100 * share);
    }
  }
  svg += fmt::format("<line class=\"rule\" x1=\"0\" x2=\"{0:.0f}\" y1=\"{1:.1f}\" y2=\"{1:.1f}\"/>", kWidth,
                     kHeight + 0.5);
  return svg + axis_labels(chart.low, chart.high, kWidth, kHeight + kLabel - 3) + "</svg>";
}

std::string svg_box(const BoxPlot& box, double low, double high) {
  constexpr double kBoxHeight = 22, kMiddle = kBoxHeight / 2;
  const Range range{low, high};
  const auto x = [&](double value) { return 1 + std::clamp(range.share(value), 0.0, 1.0) * (kWidth - 2); };
  std::string svg = open_svg(kWidth, kBoxHeight, "box plot");
  const auto line = [&](double x1, double x2, double y1, double y2, std::string_view name) {
    svg += fmt::format("<line class=\"{}\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>", name, x1, x2, y1,
                       y2);
  };
  line(x(box.low), x(box.high), kMiddle, kMiddle, "rule");
  line(x(box.low), x(box.low), 5, kBoxHeight - 5, "rule");
  line(x(box.high), x(box.high), 5, kBoxHeight - 5, "rule");
  svg += fmt::format("<rect class=\"box\" x=\"{:.1f}\" y=\"2\" width=\"{:.1f}\" height=\"{:.0f}\"/>", x(box.q25),
                     std::max(1.0, x(box.q75) - x(box.q25)), kBoxHeight - 4);
  line(x(box.median), x(box.median), 2, kBoxHeight - 2, "median");
  if (box.below > 0)
    svg += fmt::format("<circle class=\"far\" cx=\"3\" cy=\"{}\" r=\"2.5\"><title>{} below</title></circle>", kMiddle,
                       box.below);
  if (box.above > 0)
    svg += fmt::format("<circle class=\"far\" cx=\"{}\" cy=\"{}\" r=\"2.5\"><title>{} above</title></circle>",
                       kWidth - 3, kMiddle, box.above);
  return svg + "</svg>";
}

std::string svg_correlations(const CorrelationMatrix& matrix) {
  constexpr double kCell = 34, kNames = 170;
  const auto size = static_cast<double>(matrix.size());
  std::string svg = open_svg(kNames + size * kCell, size * kCell + kLabel, "correlations");
  for (size_t i = 0; i < matrix.size(); ++i) {
    const double y = static_cast<double>(i) * kCell;
    svg +=
        fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{} <tspan class=\"axis\">[{}]</tspan></text>",
                    kNames - 6, y + kCell / 2 + 4, html_text(matrix.names[i], 20), i + 1);
    svg += fmt::format("<text class=\"axis\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">[{}]</text>",
                       kNames + y + kCell / 2, size * kCell + kLabel - 3, i + 1);
    for (size_t j = 0; j < matrix.size(); ++j) {
      const auto r = j <= i ? matrix.pearson_at(i, j) : matrix.spearman_at(i, j);
      const double x = kNames + static_cast<double>(j) * kCell;
      svg += fmt::format(
          "<rect class=\"{}\" fill-opacity=\"{:.2f}\" x=\"{:.0f}\" y=\"{:.0f}\" width=\"{}\" height=\"{}\"/>",
          r.value_or(0) < 0 ? "minus" : "plus", std::abs(r.value_or(0)), x, y, kCell - 1, kCell - 1);
      svg += fmt::format("<text class=\"cell\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>",
                         x + kCell / 2, y + kCell / 2 + 4, r ? fmt::format("{:.2f}", *r) : "·");
    }
  }
  return svg + "</svg>";
}

std::string svg_points(const Points& points, PointStyle style) {
  constexpr double kPlotHeight = 220, kMargin = 4;
  const Range xs = range_of(points.x), ys = range_of(points.y);
  std::string svg = open_svg(kWidth, kPlotHeight + 2 * kLabel, fmt::format("{} over {}", points.y_name, points.x_name));
  svg += fmt::format("<text class=\"axis\" x=\"0\" y=\"11\">{}: {} to {}</text>", html_text(points.y_name, 20),
                     html_text(points.y_low, 14), html_text(points.y_high, 14));
  std::string path;
  for (size_t i = 0; i < points.x.size(); ++i) {
    if (!std::isfinite(points.x[i]) || !std::isfinite(points.y[i])) continue;
    const double x = kMargin + xs.share(points.x[i]) * (kWidth - 2 * kMargin);
    const double y = kLabel + kPlotHeight - kMargin - ys.share(points.y[i]) * (kPlotHeight - 2 * kMargin);
    if (style == PointStyle::line) path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x, y);
    else svg += fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2\"/>", x, y);
  }
  if (!path.empty()) svg += fmt::format("<path class=\"series\" d=\"{}\"/>", path);
  svg += fmt::format("<rect class=\"frame\" x=\"0.5\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.0f}\"/>", kLabel + 0.5,
                     kWidth - 1, kPlotHeight - 1);
  return svg + axis_labels(points.x_low, points.x_high, kWidth, kPlotHeight + 2 * kLabel - 4) +
         fmt::format("<text class=\"axis\" x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text></svg>",
                     kWidth / 2, kPlotHeight + 2 * kLabel - 4, html_text(points.x_name, 20));
}

}  // namespace aml::inspect
