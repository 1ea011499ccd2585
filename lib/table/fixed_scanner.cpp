#include "table/fixed_scanner.h"

#include <algorithm>
#include <limits>

#include "table/line_scanner.h"
#include "text/unicode.h"

namespace aml::table {
namespace {

// Bytes of the character at the start of `text`, which is not empty.
size_t character_size(std::string_view text) {
  if (static_cast<uint8_t>(text[0]) < 0x80) return 1;
  return std::max<size_t>(text::utf8_sequence_length(text), 1);
}

// The byte at which character `wanted` starts, going on from character `at` at byte `byte`; the end of a shorter line.
struct Walk {
  std::string_view line;
  size_t byte = 0;
  size_t at = 0;

  size_t to(size_t wanted) {
    for (; at < wanted && byte < line.size(); ++at) byte += character_size(line.substr(byte));
    return byte;
  }
};

FieldSpan trimmed(std::string_view text, size_t begin, size_t end) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  FieldSpan span;
  span.begin = static_cast<uint32_t>(begin);
  span.size = static_cast<uint32_t>(end - begin) & 0x3fffffffU;
  return span;
}

}  // namespace

std::vector<FixedColumn> detect_fixed_columns(std::string_view sample, bool is_all) {
  std::vector<bool> is_used;  // by character, in any line
  for (size_t begin = 0; begin < sample.size();) {
    const auto line = find_line(sample, begin, is_all);
    if (!line) break;
    const std::string_view text = sample.substr(begin, line->end - begin);
    size_t at = 0;
    for (size_t byte = 0; byte < text.size(); byte += character_size(text.substr(byte)), ++at) {
      if (at == is_used.size()) is_used.push_back(false);
      if (text[byte] != ' ') is_used[at] = true;
    }
    begin = line->next;
  }
  std::vector<FixedColumn> columns;
  for (size_t at = 0; at < is_used.size(); ++at) {
    if (!is_used[at] || (at > 0 && is_used[at - 1])) continue;
    if (!columns.empty()) columns.back().end = at;
    columns.push_back({at, std::numeric_limits<size_t>::max()});
  }
  return columns;
}

void FixedScanner::append_fields(std::string_view text, size_t begin, size_t end, RecordIndex& index) const {
  Walk walk{text.substr(begin, end - begin)};
  for (const FixedColumn& column : columns_) {
    const size_t from = walk.to(column.begin);
    index.fields.push_back(trimmed(text, begin + from, begin + walk.to(column.end)));
  }
}

ScanResult FixedScanner::scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                              RecordIndex& index) {
  ScanResult result;
  const size_t last_record = index.lines.size() + records_max;
  while (index.lines.size() < last_record && result.consumed < text.size()) {
    const size_t begin = result.consumed;
    const auto line = find_line(text, begin, at_end);
    if ((line ? line->next : text.size()) - begin > shape.bytes_max) result.problem = too_long(line_, shape);
    if (!line || result.problem) return result;
    const bool is_blank = trimmed(text, begin, line->end).size == 0;
    if (!is_blank) {
      append_fields(text, begin, line->end, index);
      index.lines.push_back(line_);
    }
    ++line_;
    result.consumed = line->next;
  }
  return result;
}

}  // namespace aml::table
