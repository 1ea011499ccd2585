#include "table/csv_dialect.h"

#include <algorithm>
#include <array>

namespace aml::table {
namespace {

constexpr std::string_view kSeparators = ",;\t|";
constexpr size_t kSepLineBytes = 5;

struct FirstLine {
  std::array<size_t, kSeparators.size()> counts = {};  // of each separator outside quotes
  bool ends_in_cr = false;
  bool is_whole = false;
};

FirstLine read_first_line(std::string_view text, bool at_end) {
  FirstLine line;
  bool is_quoted = false;
  bool at_field_start = true;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (is_quoted) {
      const bool is_doubled = byte == '"' && i + 1 < text.size() && text[i + 1] == '"';
      if (is_doubled) ++i;
      else is_quoted = byte != '"';
      continue;
    }
    is_quoted = byte == '"' && at_field_start;
    if (is_quoted) {
      at_field_start = false;
      continue;
    }
    if (byte == '\r' && i + 1 == text.size() && !at_end) return line;
    if ((byte == '\n' || byte == '\r') && i == begin) {
      ++begin;  // a blank line in front decides nothing
      continue;
    }
    line.is_whole = byte == '\n' || byte == '\r';
    line.ends_in_cr = byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (line.is_whole) return line;
    const size_t which = kSeparators.find(byte);
    at_field_start = which != std::string_view::npos;
    if (at_field_start) ++line.counts[which];
  }
  line.is_whole = at_end;
  return line;
}

// The separator named by a line "sep=;".
std::optional<char> read_sep_line(std::string_view text) {
  if (!text.starts_with("sep=") && !text.starts_with("SEP=")) return std::nullopt;
  if (text.size() < kSepLineBytes || (text.size() > kSepLineBytes && text[5] != '\n' && text[5] != '\r'))
    return std::nullopt;
  const char separator = text[4];
  if (separator == '\n' || separator == '\r' || separator == '"') return std::nullopt;
  return separator;
}

size_t line_end_size(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  return text.empty() ? 0 : 1;
}

}  // namespace

std::optional<CsvDialect> detect_csv_dialect(std::string_view text, bool at_end, std::optional<char> separator) {
  CsvDialect dialect;
  if (!at_end && kByteOrderMark.starts_with(text.substr(0, kByteOrderMark.size())) && text.size() < 3)
    return std::nullopt;
  if (text.starts_with(kByteOrderMark)) dialect.skip_bytes = kByteOrderMark.size();
  text.remove_prefix(dialect.skip_bytes);

  FirstLine line = read_first_line(text, at_end);
  if (!line.is_whole) return std::nullopt;
  dialect.cr_ends_line = line.ends_in_cr;
  if (const auto sep_line = read_sep_line(text)) {
    dialect.skip_bytes += kSepLineBytes + line_end_size(text.substr(kSepLineBytes));
    dialect.skip_lines = 1;
    dialect.separator = separator.value_or(*sep_line);
    return dialect;
  }
  const auto most = std::max_element(line.counts.begin() + 1, line.counts.end());
  if (line.counts[0] == 0 && *most > 0)
    dialect.separator = kSeparators[static_cast<size_t>(most - line.counts.begin())];
  if (separator) dialect.separator = *separator;
  return dialect;
}

}  // namespace aml::table
