#include "inspect/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "text/suggest.h"
#include "text/unicode.h"

namespace aml::inspect {
namespace {

constexpr size_t kPointsMax = 3000;  // more make a page slow and a cloud solid
constexpr size_t kStepsMax = 200;    // of time
constexpr size_t kRows = 16;

struct Axis {
  const table::ColumnProfile* profile = nullptr;
  std::vector<double> values;

  std::string low() const { return table::short_value(profile->type, profile->numbers->min); }
  std::string high() const { return table::short_value(profile->type, profile->numbers->max); }
};

Result<Axis> axis_of(const TableInspection& table, std::string_view name) {
  std::vector<std::string> plottable;
  for (size_t i = 0; i < table.profile.columns.size(); ++i) {
    const table::ColumnProfile& profile = table.profile.columns[i];
    if (profile.numbers) plottable.push_back(profile.name);
    if (profile.name != name) continue;
    if (!profile.numbers)
      return Error{
          ErrorKind::bad_data,
          fmt::format("cannot plot column '{}' of {}: it holds no numbers or dates", name, table.profile.source),
          "amlprep profile shows the type of each column"};
    return Axis{&profile, numbers_of(*table.sample.columns[i], profile.type)};
  }
  return Error{ErrorKind::not_found, fmt::format("no column '{}' in {}", name, table.profile.source),
               text::suggestion_hint(name, plottable)};
}

// The mean of y in each step of x.
void average_over_time(Points& points, double low, double high) {
  std::array<double, kStepsMax> sums = {};
  std::array<size_t, kStepsMax> counts = {};
  const double step = std::max(high - low, 1.0) / kStepsMax;
  for (size_t i = 0; i < points.x.size(); ++i) {
    const size_t at = std::min(kStepsMax - 1, static_cast<size_t>(std::max(0.0, (points.x[i] - low) / step)));
    sums[at] += points.y[i];
    ++counts[at];
  }
  points.x.clear();
  points.y.clear();
  for (size_t i = 0; i < kStepsMax; ++i) {
    if (counts[i] == 0) continue;
    points.x.push_back(low + (static_cast<double>(i) + 0.5) * step);
    points.y.push_back(sums[i] / static_cast<double>(counts[i]));
  }
}

void thin_out(Points& points) {
  if (points.x.size() <= kPointsMax) return;
  const size_t every = (points.x.size() + kPointsMax - 1) / kPointsMax;
  size_t kept = 0;
  for (size_t i = 0; i < points.x.size(); i += every, ++kept) {
    points.x[kept] = points.x[i];
    points.y[kept] = points.y[i];
  }
  points.x.resize(kept);
  points.y.resize(kept);
}

size_t place_of(double value, double low, double high, size_t cells) {
  const double share = high > low ? (value - low) / (high - low) : 0.5;
  return std::min(cells - 1, static_cast<size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(cells)));
}

}  // namespace

Result<Plot> plot_columns(const TableInspection& table, std::string_view x, std::string_view y) {
  const Axis horizontal = TRY(axis_of(table, x)), vertical = TRY(axis_of(table, y));
  const bool is_time = !table::is_numeric(horizontal.profile->type);
  Plot plot{
      {std::string(x), std::string(y), {}, {}, horizontal.low(), horizontal.high(), vertical.low(), vertical.high()},
      is_time ? PointStyle::line : PointStyle::dots};
  Points& points = plot.points;
  for (size_t row = 0; row < horizontal.values.size(); ++row) {
    if (!std::isfinite(horizontal.values[row]) || !std::isfinite(vertical.values[row])) continue;
    points.x.push_back(horizontal.values[row]);
    points.y.push_back(vertical.values[row]);
  }
  if (points.x.empty())
    return Error{ErrorKind::bad_data, fmt::format("no row of {} has both '{}' and '{}'", table.profile.source, x, y)};
  if (is_time) average_over_time(points, horizontal.profile->numbers->min, horizontal.profile->numbers->max);
  else thin_out(points);
  const auto [low, high] = std::minmax_element(points.y.begin(), points.y.end());
  points.y_low = table::short_value(vertical.profile->type, *low);
  points.y_high = table::short_value(vertical.profile->type, *high);
  return plot;
}

std::vector<std::string> plot_lines(const Plot& plot, const table::ProfileStyle& style) {
  const Points& points = plot.points;
  const size_t columns = std::clamp<size_t>(style.columns, 40, 100) - 2;
  std::vector<std::vector<uint64_t>> cells(kRows, std::vector<uint64_t>(columns));
  const auto [x_low, x_high] = std::minmax_element(points.x.begin(), points.x.end());
  const auto [y_low, y_high] = std::minmax_element(points.y.begin(), points.y.end());
  uint64_t highest = 1;
  for (size_t i = 0; i < points.x.size(); ++i) {
    uint64_t& cell = cells[kRows - 1 - place_of(points.y[i], *y_low, *y_high, kRows)]
                          [place_of(points.x[i], *x_low, *x_high, columns)];
    highest = std::max(highest, ++cell);
  }
  constexpr std::string_view kMarks = ".:o#@";
  std::vector<std::string> lines = {fmt::format("{}, {} to {}", points.y_name, points.y_low, points.y_high)};
  for (const auto& row : cells) {
    std::string line = "|";
    for (const uint64_t count : row)
      line +=
          count == 0
              ? ' '
              : kMarks[highest == 1 ? 2 : std::min<size_t>(kMarks.size() - 1, count * kMarks.size() / (highest + 1))];
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  lines.push_back(fmt::format("+{:-<{}}", "", columns));
  lines.push_back(fmt::format(" {}, {} to {}{}", points.x_name, points.x_low, points.x_high,
                              plot.style == PointStyle::line ? ", means" : ""));
  for (std::string& line : lines) line = text::fit_for_display(line, columns + 2);
  return lines;
}

}  // namespace aml::inspect
