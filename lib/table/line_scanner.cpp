#include "table/line_scanner.h"

namespace aml::table {

std::optional<LineSpan> find_line(std::string_view text, size_t begin, bool at_end) {
  const size_t found = text.find('\n', begin);
  const bool is_found = found != std::string_view::npos;
  if (!is_found && !at_end) return std::nullopt;
  const size_t end = is_found ? found : text.size();
  const bool has_cr = end > begin && text[end - 1] == '\r';
  return LineSpan{end - (has_cr ? 1 : 0), is_found ? end + 1 : end};
}

ScanResult LineScanner::scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                             RecordIndex& index) {
  ScanResult result;
  const size_t last_record = index.lines.size() + records_max;
  while (index.lines.size() < last_record && result.consumed < text.size()) {
    const auto line = find_line(text, result.consumed, at_end);
    if ((line ? line->next : text.size()) - result.consumed > shape.bytes_max) result.problem = too_long(line_, shape);
    if (!line || result.problem) return result;
    FieldSpan span;
    span.begin = static_cast<uint32_t>(result.consumed);
    span.size = static_cast<uint32_t>(line->end - result.consumed) & 0x3fffffffU;
    span.is_quoted = 1;  // a blank line is an empty text
    index.fields.push_back(span);
    index.lines.push_back(line_++);
    result.consumed = line->next;
  }
  return result;
}

}  // namespace aml::table
