#include "inspect/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "inspect/inspection_text.h"
#include "text/unicode.h"

namespace aml::inspect {
namespace {

using table::ColumnProfile;

constexpr size_t kBins = 24;
constexpr size_t kValuesMax = 8;

const ColumnProfile* find_profile(const TableInspection& table, std::string_view name) {
  for (const ColumnProfile& column : table.profile.columns)
    if (column.name == name) return &column;
  return nullptr;
}

const table::Column& sample_of(const TableInspection& table, const ColumnProfile& column) {
  return *table.sample.columns[static_cast<size_t>(&column - table.profile.columns.data())];
}

std::vector<double> shares_of(const std::vector<double>& numbers, double low, double width, size_t bins) {
  std::vector<double> shares(bins);
  double total = 0;
  for (const double number : numbers) {
    if (!std::isfinite(number)) continue;
    const double bin = width > 0 ? (number - low) / width : 0;
    shares[std::min(bins - 1, static_cast<size_t>(std::max(bin, 0.0)))] += 1;
    total += 1;
  }
  for (double& share : shares) share /= std::max(total, 1.0);
  return shares;
}

HistogramChart number_chart(const TableInspection& a, const ColumnProfile& before, const TableInspection& b,
                            const ColumnProfile& after) {
  const double low = std::min(before.numbers->min, after.numbers->min);
  const double high = std::max(before.numbers->max, after.numbers->max);
  const bool is_whole = before.type == table::ColumnType::int64 && after.type == table::ColumnType::int64;
  double width = (high - low) / static_cast<double>(kBins);
  if (is_whole) width = std::max(1.0, std::ceil((high - low + 1) / static_cast<double>(kBins)));
  size_t bins = kBins;
  if (is_whole) bins = std::clamp<size_t>(static_cast<size_t>(std::ceil((high - low + 1) / width)), 1, kBins);
  if (!(high > low)) bins = 1;
  HistogramChart chart{after.name, table::short_value(after.type, low), table::short_value(after.type, high), {}, {}};
  for (size_t i = 0; i < bins; ++i)
    chart.bins.push_back(fmt::format("{} to {}", table::short_value(after.type, low + static_cast<double>(i) * width),
                                     table::short_value(after.type, low + static_cast<double>(i + 1) * width)));
  chart.series.push_back({shares_of(numbers_of(sample_of(a, before), before.type), low, width, bins)});
  chart.series.push_back({shares_of(numbers_of(sample_of(b, after), after.type), low, width, bins)});
  return chart;
}

// Shares of the sample: the counts of a profile know only the most frequent values of their own table.
std::map<std::string_view, double> value_shares(const table::Column& sample) {
  std::map<std::string_view, double> shares;
  double total = 0;
  for (size_t row = 0; row < sample.rows(); ++row) {
    if (!sample.is_valid(row)) continue;
    shares[sample.texts()[row].view()] += 1;
    total += 1;
  }
  for (auto& [value, share] : shares) share /= total;
  return shares;
}

// The frequent values of both, by their share in either.
HistogramChart value_chart(const TableInspection& a, const ColumnProfile& before, const TableInspection& b,
                           const ColumnProfile& after) {
  const auto shares_before = value_shares(sample_of(a, before)), shares_after = value_shares(sample_of(b, after));
  const auto share_in = [](const auto& shares, std::string_view value) {
    const auto known = shares.find(value);
    return known == shares.end() ? 0.0 : known->second;
  };
  std::vector<std::string> values;
  for (const ColumnProfile* column : {&before, &after})
    for (const auto& value : column->top)
      if (std::find(values.begin(), values.end(), value.text) == values.end()) values.push_back(value.text);
  const auto highest = [&](std::string_view value) {
    return std::max(share_in(shares_before, value), share_in(shares_after, value));
  };
  std::stable_sort(values.begin(), values.end(),
                   [&](const std::string& x, const std::string& y) { return highest(x) > highest(y); });
  if (values.size() > kValuesMax) values.resize(kValuesMax);
  HistogramChart chart{after.name, "", "", {{}, {}}, values};
  for (const std::string& value : values) {
    chart.series[0].shares.push_back(share_in(shares_before, value));
    chart.series[1].shares.push_back(share_in(shares_after, value));
  }
  return chart;
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

// One character per bin, on the scale of both series.
std::string bars_of(const std::vector<double>& shares, double highest, table::Glyphs glyphs) {
  std::vector<uint64_t> counts;
  for (const double share : shares) counts.push_back(static_cast<uint64_t>(std::llround(1e6 * share)));
  counts.push_back(static_cast<uint64_t>(std::llround(1e6 * highest)));  // sets the scale, and is cut off again
  std::string line = table::sparkline(counts, glyphs);
  const size_t last = glyphs == table::Glyphs::blocks ? 3 : 1;
  return line.substr(0, line.size() - std::min(last, line.size()));
}

void add_chart(const HistogramChart& chart, bool is_ordered, table::Glyphs glyphs, std::vector<std::string>& lines) {
  if (chart.bins.empty()) return;
  if (is_ordered) {
    double highest = 0;
    for (const HistogramSeries& series : chart.series)
      for (const double share : series.shares) highest = std::max(highest, share);
    if (!(highest > 0)) return;
    lines.push_back(
        fmt::format("  before {} {} {}", chart.low, bars_of(chart.series[0].shares, highest, glyphs), chart.high));
    lines.push_back(
        fmt::format("  after  {} {} {}", chart.low, bars_of(chart.series[1].shares, highest, glyphs), chart.high));
    return;
  }
  for (size_t i = 0; i < chart.bins.size(); ++i) {
    std::string value = text::fit_for_display(chart.bins[i], 30);
    value.append(30 - std::min<size_t>(30, text::display_width(value)), ' ');
    lines.push_back(fmt::format("  {}  {:>7} -> {:>7}", value, percent(chart.series[0].shares[i]),
                                percent(chart.series[1].shares[i])));
  }
}

std::string drift_text(const ColumnDrift& drift) {
  std::string text = fmt::format("psi {:.3f}  js {:.3f}", drift.psi.value_or(0), drift.js.value_or(0));
  if (drift.ks) text += fmt::format("  ks {:.3f}", *drift.ks);
  return text;
}

void add_column(const ColumnComparison& column, table::Glyphs glyphs, std::vector<std::string>& lines) {
  const std::string name = text::fit_for_display(column.drift.name, 40);
  lines.emplace_back();
  if (column.before == nullptr || column.after == nullptr) {
    lines.push_back(fmt::format("{}  only {}", name, column.before == nullptr ? "after" : "before"));
    return;
  }
  const ColumnProfile &before = *column.before, &after = *column.after;
  const std::string types = before.type == after.type
                                ? std::string(name_of(after.type))
                                : fmt::format("{} -> {}", name_of(before.type), name_of(after.type));
  lines.push_back(fmt::format("{}  {}", name, types));
  lines.push_back(fmt::format("  values {} -> {}, missing {} -> {}, distinct {} -> {}", before.values, after.values,
                              percent(column.drift.missing_before), percent(column.drift.missing_after),
                              before.distinct, after.distinct));
  if (before.numbers && after.numbers && table::is_numeric(after.type))
    lines.push_back(fmt::format("  mean {} -> {}, median {} -> {}", table::short_number(before.numbers->mean),
                                table::short_number(after.numbers->mean), table::short_number(before.numbers->median),
                                table::short_number(after.numbers->median)));
  add_chart(column.chart, before.numbers && after.numbers, glyphs, lines);
  if (column.drift.psi) lines.push_back("  " + drift_text(column.drift));
}

}  // namespace

TableComparison compare_tables(const TableInspection& before, const TableInspection& after) {
  TableComparison comparison{&before, &after, {}};
  for (ColumnDrift& drift : measure_drift(reference_of(before.profile), after)) {
    ColumnComparison column{std::move(drift), nullptr, nullptr, {}};
    column.before = find_profile(before, column.drift.name);
    column.after = find_profile(after, column.drift.name);
    if (column.before != nullptr && column.after != nullptr)
      column.chart = column.before->numbers && column.after->numbers
                         ? number_chart(before, *column.before, after, *column.after)
                         : value_chart(before, *column.before, after, *column.after);
    comparison.columns.push_back(std::move(column));
  }
  return comparison;
}

std::vector<std::string> comparison_lines(const TableComparison& comparison, const table::ProfileStyle& style) {
  const TableInspection &before = *comparison.before, &after = *comparison.after;
  std::vector<std::string> lines;
  lines.push_back(fmt::format("before: {}, {} rows, charts from {}", before.profile.source, before.profile.rows,
                              describe_sample(before)));
  lines.push_back(fmt::format("after:  {}, {} rows, charts from {}", after.profile.source, after.profile.rows,
                              describe_sample(after)));
  for (const ColumnComparison& column : comparison.columns) add_column(column, style.glyphs, lines);
  for (std::string& line : lines) line = text::fit_for_display(line, std::max<size_t>(style.columns, 40));
  return lines;
}

text::Fields describe(const TableComparison& comparison, const ColumnComparison& column) {
  text::Fields record = describe(column.drift);
  record.add("before", comparison.before->profile.source).add("after", comparison.after->profile.source);
  const auto count = [](const ColumnProfile* profile, uint64_t ColumnProfile::*member) {
    return profile == nullptr ? text::Json() : text::Json(profile->*member);
  };
  record.add("values_before", count(column.before, &ColumnProfile::values));
  record.add("values_after", count(column.after, &ColumnProfile::values));
  record.add("distinct_before", count(column.before, &ColumnProfile::distinct));
  record.add("distinct_after", count(column.after, &ColumnProfile::distinct));
  return record;
}

}  // namespace aml::inspect
