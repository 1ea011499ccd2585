#include "table/tsv_scanner.h"

#include "table/mark_cursor.h"

namespace aml::table {
namespace {

FieldSpan span_of(std::string_view text, size_t begin, size_t end, bool is_encoded) {
  const bool has_cr = end > begin && text[end - 1] == '\r' && (end == text.size() || text[end] == '\n');
  return {begin, end - (has_cr ? 1 : 0), is_encoded ? FieldKind::escaped : FieldKind::plain};
}

// Appends the fields of the line at `begin`; returns where the next one starts, or kNone when the text ends first.
size_t read_line(std::string_view text, bool at_end, size_t begin, MarkCursor& cursor, RecordIndex& index) {
  bool is_encoded = false;
  for (;;) {
    size_t mark = cursor.next();
    if (mark == MarkCursor::kNone && !at_end) return MarkCursor::kNone;
    if (mark == MarkCursor::kNone) mark = text.size();
    else if (text[mark] == '\\') {
      is_encoded = true;
      continue;
    }
    index.fields.push_back(span_of(text, begin, mark, is_encoded));
    if (mark == text.size()) return mark;
    if (text[mark] == '\n') return mark + 1;
    is_encoded = false;
    begin = mark + 1;
  }
}

bool is_blank(const RecordIndex& index, size_t first_field) {
  return index.fields.size() == first_field + 1 && index.fields[first_field].size == 0;
}

}  // namespace

ScanResult TsvScanner::scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                            RecordIndex& index) {
  ScanResult result;
  MarkCursor cursor(text, {separator_, '\n', '\\', '\\'}, places_);
  const size_t last_record = index.lines.size() + records_max;
  while (index.lines.size() < last_record && result.consumed < text.size()) {
    const size_t first_field = index.fields.size();
    const size_t next = read_line(text, at_end, result.consumed, cursor, index);
    const bool is_whole = next != MarkCursor::kNone;
    if ((is_whole ? next : text.size()) - result.consumed > shape.bytes_max) result.problem = too_long(line_, shape);
    if (!is_whole) index.fields.resize(first_field);
    if (!is_whole || result.problem) return result;
    if (is_blank(index, first_field) && shape.fields != 1) index.fields.resize(first_field);
    else if ((result.problem = close_record(first_field, line_, shape, index))) return result;
    ++line_;
    result.consumed = next;
  }
  return result;
}

void TsvScanner::decode(std::string_view field, std::string& out) const {
  for (size_t i = 0; i < field.size(); ++i) {
    const char next = field[i] == '\\' && i + 1 < field.size() ? field[i + 1] : '\0';
    const size_t escape = std::string_view("tnr\\").find(next);
    if (next == '\0' || escape == std::string_view::npos) {
      out.push_back(field[i]);
      continue;
    }
    out.push_back("\t\n\r\\"[escape]);
    ++i;
  }
}

}  // namespace aml::table
