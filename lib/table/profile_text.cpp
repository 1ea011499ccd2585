#include "table/profile_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "text/unicode.h"

namespace aml::table {
namespace {

constexpr size_t kIndent = 2;
constexpr size_t kBarColumns = 20;
constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kAscii = {".", ":", "-", "=", "+", "*", "#", "@"};

std::string pad(std::string text, size_t columns) {
  const size_t width = text::display_width(text);
  if (width < columns) text.append(columns - width, ' ');
  return text;
}

std::string count_of(uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// Text of the data, on one line and quoted where its ends could not be seen.
std::string shown(std::string_view text, size_t columns) {
  const bool needs_quotes = text.empty() || text.front() == ' ' || text.back() == ' ';
  std::string fitted = text::fit_for_display(text, columns - (needs_quotes ? 2 : 0));
  return needs_quotes ? fmt::format("'{}'", fitted) : fitted;
}

std::string percent(uint64_t part, uint64_t whole) {
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(std::max<uint64_t>(whole, 1)));
}

std::string bar(uint64_t part, uint64_t whole, Glyphs glyphs) {
  const double share = static_cast<double>(part) / static_cast<double>(std::max<uint64_t>(whole, 1));
  const auto length = static_cast<size_t>(std::lround(share * kBarColumns));
  std::string text;
  for (size_t i = 0; i < length; ++i) text += glyphs == Glyphs::blocks ? "█" : "#";
  return text;
}

std::string words_of(const ColumnProfile& column) {
  std::string words;
  for (const ValueCounter::Value& word : column.missing_words) {
    if (!words.empty()) words += ", ";
    words += shown(word.text, 12);
  }
  return words;
}

std::string counts_line(const ColumnProfile& column) {
  std::string line = count_of(column.values, "value", "values");
  if (column.missing > 0) line += fmt::format(", {} missing", column.missing);
  if (column.type != ColumnType::text && !column.missing_words.empty()) line += fmt::format(" ({})", words_of(column));
  if (column.errors > 0) line += ", " + count_of(column.errors, "error", "errors");
  if (column.values == 0) return line;
  if (column.is_distinct_exact && column.distinct == column.values && column.values > 1)
    return line + ", all different";
  if (column.distinct == 1) return line + ", all the same";
  return line + fmt::format(", {}{} distinct", column.is_distinct_exact ? "" : "about ", column.distinct);
}

class Page {
 public:
  explicit Page(const ProfileStyle& style) : style_(style) {}

  void add(std::string_view line) {
    const size_t room = std::max<size_t>(style_.columns, 40) - kIndent;
    const std::string fitted = text::fit_for_display(line, room);
    lines_.push_back(std::string(kIndent, ' ') + fitted.substr(0, fitted.find_last_not_of(' ') + 1));
  }
  void add_unindented(std::string line) { lines_.push_back(std::move(line)); }

  void add_numbers(const ColumnProfile& column) {
    const NumberProfile& numbers = *column.numbers;
    if (numbers.min == numbers.max) return add(*column.min);
    const auto text = [&](double value) { return short_value(column.type, value); };
    const std::string range = fmt::format("min {}  max {}", *column.min, *column.max);
    const std::string quartiles = fmt::format("quartiles {}{} {} {}", numbers.is_exact ? "" : "about ",
                                              text(numbers.q25), text(numbers.median), text(numbers.q75));
    if (range.size() + quartiles.size() + kIndent + 2 <= style_.columns) {
      add(range + "  " + quartiles);
    } else {
      add(range);
      add(quartiles);
    }
    if (is_numeric(column.type))
      add(fmt::format("mean {}{}", short_number(numbers.mean),
                      numbers.sd ? "  standard deviation " + short_number(*numbers.sd) : ""));
    if (numbers.histogram.counts.size() > 1)
      add(fmt::format("{} {} {}", *column.min, sparkline(numbers.histogram.counts, style_.glyphs), *column.max));
  }

  void add_top(const ColumnProfile& column) {
    if (column.distinct == column.values && column.is_distinct_exact && column.values > 1) {
      std::string line = "such as";
      for (size_t i = 0; i < std::min<size_t>(3, column.top.size()); ++i)
        line += (i > 0 ? ", " : " ") + shown(column.top[i].text, 24);
      return add(line);
    }
    constexpr size_t kBesides = kIndent + 2 + 2 + 7 + 2 + kBarColumns;  // gaps, share and bar
    const size_t count_columns = column.top.empty() ? 1 : std::to_string(column.top[0].count).size();
    const size_t room =
        std::max<size_t>(style_.columns, 64) - kBesides - count_columns - (column.is_distinct_exact ? 0 : 2);
    size_t widest = 0;
    for (const auto& value : column.top) widest = std::max(widest, text::display_width(shown(value.text, room)));
    for (const auto& value : column.top)
      add(fmt::format("{}  {}{:>{}}  {:>7}  {}", pad(shown(value.text, room), widest),
                      column.is_distinct_exact ? "" : "≥ ", value.count, count_columns,
                      percent(value.count, column.values), bar(value.count, column.values, style_.glyphs)));
    if (column.distinct > column.top.size() && !column.top.empty())
      add(fmt::format("and {} more", column.distinct - column.top.size()));
  }

  void add_notes(const ColumnProfile& column) {
    if (column.type == ColumnType::text && !column.missing_words.empty()) {
      uint64_t count = 0;
      for (const auto& word : column.missing_words) count += word.count;
      add(fmt::format("note: {} {} {}, which may mean missing", count_of(count, "value", "values"),
                      count == 1 ? "is" : "are", words_of(column)));
    }
    if (column.misfit)
      add(fmt::format("note: {} of {} values are {}s, but not {} at {}", column.misfit->fitting, column.values,
                      name_of(column.misfit->type), shown(column.misfit->text, 24), column.misfit->place));
  }

  void add_column(const ColumnProfile& column, size_t name_columns) {
    lines_.emplace_back();
    add_unindented(fmt::format("{}  {:<9}  {}", pad(shown(column.name, 40), name_columns), name_of(column.type),
                               counts_line(column)));
    if (column.numbers) add_numbers(column);
    else add_top(column);
    add_notes(column);
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  ProfileStyle style_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string short_number(double value) {
  const bool is_whole = std::trunc(value) == value || std::abs(value) >= 1e5;
  if (is_whole && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
  return fmt::format("{:.5g}", value);
}

std::string short_value(ColumnType type, double value) {
  if (is_numeric(type)) return short_number(value);
  std::string text;
  if (type == ColumnType::date) append_value_text(text, type, static_cast<int64_t>(std::floor(value / 86'400)));
  else append_value_text(text, type, std::llround(value) * 1'000'000'000);
  return text;
}

std::string sparkline(const std::vector<uint64_t>& counts, Glyphs glyphs) {
  const uint64_t highest = *std::max_element(counts.begin(), counts.end());
  std::string line;
  for (const uint64_t count : counts) {
    const double share = static_cast<double>(count) / static_cast<double>(std::max<uint64_t>(highest, 1));
    const size_t level = std::min<size_t>(7, static_cast<size_t>(share * 8));
    line += count == 0 ? " " : (glyphs == Glyphs::blocks ? kBlocks : kAscii)[level];
  }
  return line;
}

std::vector<std::string> profile_lines(const TableProfile& table, const ProfileStyle& style,
                                       std::span<const std::vector<std::string>> more) {
  Page page(style);
  page.add_unindented(fmt::format("{}: {}, {}, {}", table.source, count_of(table.rows, "row", "rows"),
                                  count_of(table.columns.size(), "column", "columns"),
                                  table.is_complete ? "all rows read" : "only these first rows read"));
  size_t name_columns = 0;
  for (const ColumnProfile& column : table.columns)
    name_columns = std::max(name_columns, text::display_width(shown(column.name, 40)));
  for (size_t i = 0; i < table.columns.size(); ++i) {
    page.add_column(table.columns[i], name_columns);
    if (i >= more.size()) continue;
    for (const std::string& line : more[i]) page.add(line);
  }
  return page.take();
}

}  // namespace aml::table
