#include "inspect/inspection_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "text/unicode.h"

namespace aml::inspect {
namespace {

constexpr size_t kPatternsShown = 3;
constexpr size_t kBoxColumns = 30;
constexpr size_t kCell = 6;  // columns of a coefficient

// What the lines of the profile say already.
bool is_said_by_profile(const Finding& finding, const table::ColumnProfile& profile) {
  switch (finding.kind) {
    case FindingKind::typed:
    case FindingKind::mixed_types:
    case FindingKind::empty:
    case FindingKind::constant: return true;
    case FindingKind::placeholder: return !profile.missing_words.empty();
    default: return false;
  }
}

std::string pattern_text(const ValuePatterns& patterns) {
  std::string text;
  for (size_t i = 0; i < std::min(kPatternsShown, patterns.patterns.size()); ++i) {
    const ValuePattern& pattern = patterns.patterns[i];
    text += fmt::format("{}{} {:.0f} %", i == 0 ? "" : ", ", pattern.expression,
                        100 * static_cast<double>(pattern.count) / static_cast<double>(patterns.values));
  }
  return text;
}

std::vector<std::string> column_lines(const ColumnInspection& inspection, const table::ColumnProfile& profile,
                                      table::Glyphs glyphs) {
  std::vector<std::string> lines;
  if (inspection.box && table::is_numeric(profile.type) && inspection.box->low < inspection.box->high)
    lines.push_back(fmt::format("box {}", box_line(*inspection.box, kBoxColumns, glyphs)));
  lines.push_back(fmt::format("feature: {}", name_of(inspection.feature_type)));
  if (!inspection.patterns.patterns.empty())
    lines.push_back(fmt::format("pattern: {}", pattern_text(inspection.patterns)));
  for (const Finding& finding : inspection.findings)
    if (!is_said_by_profile(finding, profile)) lines.push_back(fmt::format("note: {}", finding.message));
  return lines;
}

}  // namespace

std::string box_line(const BoxPlot& box, size_t columns, table::Glyphs glyphs) {
  const double range = box.high - box.low;
  const auto place = [&](double value) {
    const double share = range > 0 ? (value - box.low) / range : 0;
    return static_cast<size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(columns - 1)));
  };
  const size_t q25 = place(box.q25), median = place(box.median), q75 = place(box.q75);
  const bool is_ascii = glyphs == table::Glyphs::ascii;
  std::string line = fmt::format("{} ", table::short_number(box.low));
  for (size_t i = 0; i < columns; ++i) {
    if (i == median) line += is_ascii ? "|" : "┃";
    else if (q25 <= i && i <= q75) line += is_ascii ? "=" : "█";
    else if (i == 0) line += is_ascii ? "|" : "├";
    else if (i + 1 == columns) line += is_ascii ? "|" : "┤";
    else line += is_ascii ? "-" : "─";
  }
  line += fmt::format(" {}", table::short_number(box.high));
  if (box.below + box.above > 0) line += fmt::format(", {} below and {} above", box.below, box.above);
  return line;
}

std::string describe_sample(const TableInspection& table) {
  return table.sample_is_all() ? "all rows" : fmt::format("a sample of {} rows", table.rows_sampled);
}

std::vector<std::string> inspection_lines(const TableInspection& table, const table::ProfileStyle& style) {
  std::vector<std::vector<std::string>> extra;
  for (size_t i = 0; i < table.columns.size(); ++i)
    extra.push_back(column_lines(table.columns[i], table.profile.columns[i], style.glyphs));
  std::vector<std::string> lines = table::profile_lines(table.profile, style, extra);
  if (!table.columns.empty())
    lines.insert(lines.begin() + 1,
                 fmt::format("features, patterns, boxes and notes are from {}", describe_sample(table)));
  return lines;
}

std::vector<std::string> correlation_lines(const CorrelationMatrix& matrix, const table::ProfileStyle& style) {
  std::vector<std::string> lines = {"correlations: Pearson below the diagonal, Spearman above"};
  const auto cell = [](const std::optional<double>& r) {
    return r ? fmt::format("{:>{}.2f}", *r, kCell) : fmt::format("{:>{}}", ".", kCell);
  };
  size_t widest = 0;
  for (const std::string& name : matrix.names)
    widest = std::max(widest, text::display_width(text::fit_for_display(name, 24)));
  // As many columns as fit; the rows go on below.
  const size_t room = std::max<size_t>(style.columns, widest + 10) - widest - 6;
  const size_t per_block = std::max<size_t>(1, room / kCell);
  for (size_t begin = 0; begin < matrix.size(); begin += per_block) {
    const size_t end = std::min(matrix.size(), begin + per_block);
    std::string head(widest + 6, ' ');
    for (size_t j = begin; j < end; ++j) head += fmt::format("{:>{}}", fmt::format("[{}]", j + 1), kCell);
    lines.push_back(std::move(head));
    for (size_t i = 0; i < matrix.size(); ++i) {
      std::string name = text::fit_for_display(matrix.names[i], 24);
      name.append(widest - text::display_width(name), ' ');
      std::string line = fmt::format("{:>4}  {}", fmt::format("[{}]", i + 1), name);
      for (size_t j = begin; j < end; ++j)
        line += i == j ? fmt::format("{:>{}}", "1", kCell)
                       : cell(j < i ? matrix.pearson_at(i, j) : matrix.spearman_at(i, j));
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace aml::inspect
