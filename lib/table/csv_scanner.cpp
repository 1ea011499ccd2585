#include "table/csv_scanner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "table/mark_cursor.h"

namespace aml::table {
namespace {

constexpr char kQuote = '"';

enum class Next : uint8_t { field, record, more_text };

// Where a field ends and what comes then.
struct Cut {
  Next next = Next::more_text;
  size_t end = 0;         // of the field
  size_t next_begin = 0;  // of the next field or record
};

// One pass over one text. Every byte that is no mark is skipped unseen.
class Pass {
 public:
  Pass(std::string_view text, bool at_end, const CsvDialect& dialect, std::vector<uint32_t>& places)
      : text_(text), at_end_(at_end), dialect_(dialect), cursor_(text, marks_of(dialect), places) {}

  // Appends the fields of the record at `begin`. The marks before it are used up.
  Cut read_record(size_t begin, RecordIndex& index) {
    inner_lines_ = 0;
    open_quote_ = MarkCursor::kNone;
    for (Cut cut{Next::field, 0, begin}; cut.next == Next::field;) {
      const size_t at = cut.next_begin;
      FieldSpan span;
      cut = at < text_.size() && text_[at] == kQuote ? read_quoted(at, span) : read_plain(at, span);
      if (cut.next == Next::more_text) return cut;
      index.fields.push_back(span);
      if (cut.next == Next::record) return cut;
    }
    return {};
  }

  uint64_t inner_lines() const { return inner_lines_; }
  // Where the quotes opened that the text ends in, or kNone.
  size_t open_quote() const { return open_quote_; }

 private:
  static kernel::Marks marks_of(const CsvDialect& dialect) {
    return {dialect.separator, kQuote, '\n', dialect.cr_ends_line ? '\r' : '\n'};
  }

  static FieldSpan span_of(size_t begin, size_t end) {
    FieldSpan span;
    span.begin = static_cast<uint32_t>(begin);
    span.size = static_cast<uint32_t>(end - begin) & 0x3fffffffU;
    return span;
  }

  bool has_line_feed_at(size_t at) const { return at < text_.size() && text_[at] == '\n'; }

  // `mark` is the separator or line end behind a field whose text starts at or after `begin`.
  Cut cut_at(size_t begin, size_t mark) {
    if (mark == MarkCursor::kNone) {
      if (!at_end_) return {};
      // A carriage return as the very last byte is half a line end.
      const bool has_cr = text_.size() > begin && text_.back() == '\r';
      return {Next::record, text_.size() - (has_cr ? 1 : 0), text_.size()};
    }
    if (text_[mark] == dialect_.separator) return {Next::field, mark, mark + 1};
    if (text_[mark] == '\n') {
      const bool has_cr = mark > begin && text_[mark - 1] == '\r';
      return {Next::record, mark - (has_cr ? 1 : 0), mark + 1};
    }
    if (mark + 1 == text_.size() && !at_end_) return {};
    if (has_line_feed_at(mark + 1)) return {Next::record, mark, cursor_.next() + 1};
    return {Next::record, mark, mark + 1};
  }

  size_t next_separator_or_line_end() {
    size_t mark = cursor_.next();
    while (mark != MarkCursor::kNone && text_[mark] == kQuote) mark = cursor_.next();
    return mark;
  }

  Cut read_plain(size_t at, FieldSpan& span) {
    const Cut cut = cut_at(at, next_separator_or_line_end());
    if (cut.next != Next::more_text) span = span_of(at, cut.end);
    return cut;
  }

  Cut read_quoted(size_t at, FieldSpan& span) {
    cursor_.next();  // the opening quote
    open_quote_ = at;
    bool has_doubled = false;
    const size_t close = find_closing_quote(has_doubled);
    if (close == MarkCursor::kNone) return {};
    open_quote_ = MarkCursor::kNone;
    return read_behind_quote(at, close, has_doubled, span);
  }

  size_t find_closing_quote(bool& has_doubled) {
    for (size_t mark = cursor_.next(); mark != MarkCursor::kNone; mark = cursor_.next()) {
      const char byte = text_[mark];
      if (byte == '\n' || (byte == '\r' && dialect_.cr_ends_line && !has_line_feed_at(mark + 1))) ++inner_lines_;
      if (byte != kQuote) continue;
      if (mark + 1 == text_.size() && !at_end_) return MarkCursor::kNone;
      if (mark + 1 == text_.size() || text_[mark + 1] != kQuote) return mark;
      has_doubled = true;
      cursor_.next();
    }
    return MarkCursor::kNone;
  }

  // Line ends and separators follow a closing quote directly; anything else is more text of the field.
  Cut read_behind_quote(size_t at, size_t close, bool has_doubled, FieldSpan& span) {
    const size_t behind = close + 1;
    const bool is_cr = behind < text_.size() && text_[behind] == '\r';
    if (is_cr && behind + 1 == text_.size() && !at_end_) return {};
    const bool ends = behind == text_.size() || text_[behind] == dialect_.separator || text_[behind] == '\n' ||
                      (is_cr && (dialect_.cr_ends_line || behind + 1 == text_.size() || text_[behind + 1] == '\n'));
    const Cut cut = cut_at(behind, next_separator_or_line_end());
    if (cut.next == Next::more_text) return cut;
    const bool is_encoded = has_doubled || !ends;
    span = is_encoded ? span_of(at, cut.end) : span_of(at + 1, close);
    span.is_quoted = 1;
    span.is_encoded = is_encoded ? 1 : 0;
    return cut;
  }

  std::string_view text_;
  bool at_end_;
  CsvDialect dialect_;
  MarkCursor cursor_;
  uint64_t inner_lines_ = 0;
  size_t open_quote_ = MarkCursor::kNone;
};

bool is_blank(const RecordIndex& index, size_t first_field) {
  const FieldSpan& field = index.fields[first_field];
  return index.fields.size() == first_field + 1 && field.size == 0 && field.is_quoted == 0;
}

ScanProblem problem_at_quote(std::string_view record, size_t quote, uint64_t line, std::string message) {
  const std::string_view before = record.substr(0, quote);
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto lines = static_cast<uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return {line + lines, quote - line_begin + 1, std::move(message),
          "double a quote that is part of the text, or remove it"};
}

}  // namespace

ScanResult CsvScanner::scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                            RecordIndex& index) {
  ScanResult result;
  Pass pass(text, at_end, dialect_, places_);
  const size_t last_record = index.lines.size() + records_max;
  while (index.lines.size() < last_record && result.consumed < text.size()) {
    const size_t first_field = index.fields.size();
    const std::string_view record = text.substr(result.consumed);
    const Cut cut = pass.read_record(result.consumed, index);
    const bool is_whole = cut.next == Next::record;
    const size_t size = is_whole ? cut.next_begin - result.consumed : record.size();
    if (!is_whole) {
      index.fields.resize(first_field);
      if (pass.open_quote() != MarkCursor::kNone && (at_end || size > shape.bytes_max)) {
        const std::string limit = at_end ? "" : fmt::format(" within {}", format_size(shape.bytes_max));
        result.problem = problem_at_quote(record, pass.open_quote() - result.consumed, line_,
                                          fmt::format("the quote is not closed{}", limit));
        return result;
      }
    }
    if (size > shape.bytes_max) result.problem = too_long(line_, shape);
    if (!is_whole || result.problem) return result;
    if (is_blank(index, first_field) && shape.fields != 1) index.fields.resize(first_field);
    else if ((result.problem = close_record(first_field, line_, shape, index))) return result;
    line_ += 1 + pass.inner_lines();
    result.consumed = cut.next_begin;
  }
  return result;
}

void CsvScanner::decode(std::string_view field, std::string& out) const {
  size_t at = 1;  // behind the opening quote
  while (at < field.size()) {
    const size_t quote = std::min(field.find(kQuote, at), field.size());
    out.append(field.substr(at, quote - at));
    const bool is_doubled = quote + 1 < field.size() && field[quote + 1] == kQuote;
    if (!is_doubled) {
      // The closing quote; what follows stands for itself.
      if (quote + 1 < field.size()) out.append(field.substr(quote + 1));
      return;
    }
    out.push_back(kQuote);
    at = quote + 2;
  }
}

}  // namespace aml::table
