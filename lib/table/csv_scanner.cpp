#include "table/csv_scanner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "table/mark_cursor.h"

namespace aml::table {
namespace {

constexpr char kQuote = '"';

// One pass over one text. Every byte that is no mark is skipped unseen.
class Pass {
 public:
  Pass(std::string_view text, bool at_end, const CsvDialect& dialect, std::vector<uint32_t>& places)
      : text_(text),
        at_end_(at_end),
        separator_(dialect.separator),
        cr_ends_line_(dialect.cr_ends_line),
        cursor_(text, {dialect.separator, kQuote, '\n', '\r'}, places) {}

  // Appends the fields of the record at `begin`, where the marks before it are used up. Returns where the next record
  // starts, or kNone when the text ends before this one does.
  size_t read_record(size_t begin, RecordIndex& index) {
    inner_lines_ = 0;
    open_quote_ = kNone;
    for (size_t at = begin;;) {
      const size_t mark = cursor_.next();
      if (mark != kNone && text_[mark] == separator_) {
        index.fields.emplace_back(at, mark, FieldKind::plain);
        at = mark + 1;
        continue;
      }
      const Cut cut = mark == at && text_[mark] == kQuote ? read_quoted(at) : read_plain(at, mark);
      if (cut.next == Next::more_text) return kNone;
      index.fields.push_back(cut.span);
      if (cut.next == Next::record) return cut.next_begin;
      at = cut.next_begin;
    }
  }

  uint64_t inner_lines() const { return inner_lines_; }
  // Where the quotes opened that the text ends in, or kNone.
  size_t open_quote() const { return open_quote_; }

  static constexpr size_t kNone = MarkCursor::kNone;

 private:
  enum class Next : uint8_t { field, record, more_text };

  // A field and what comes then.
  struct Cut {
    Next next = Next::more_text;
    FieldSpan span = {};
    size_t next_begin = 0;  // of the next field or record
  };

  bool has_line_feed_at(size_t at) const { return at < text_.size() && text_[at] == '\n'; }

  // True for a carriage return that is text or only half a line end.
  bool is_inner(size_t mark) const {
    if (text_[mark] == kQuote) return true;
    return text_[mark] == '\r' && !cr_ends_line_ && !has_line_feed_at(mark + 1) && mark + 1 < text_.size();
  }

  // The field from `begin` on ends at `mark`, a separator or line end, or with the text.
  Cut cut_at(size_t begin, size_t mark, FieldKind kind) {
    if (mark == kNone) {
      if (!at_end_) return {};
      return {Next::record, {begin, text_.size(), kind}, text_.size()};
    }
    const FieldSpan span(begin, mark, kind);
    if (text_[mark] == separator_) return {Next::field, span, mark + 1};
    if (text_[mark] == '\n') return {Next::record, span, mark + 1};
    // A carriage return: the line feed behind it, if there is one, is a mark too.
    if (mark + 1 == text_.size()) return at_end_ ? Cut{Next::record, span, mark + 1} : Cut{};
    return {Next::record, span, has_line_feed_at(mark + 1) ? cursor_.next() + 1 : mark + 1};
  }

  // `mark` is the first one behind `at`.
  Cut read_plain(size_t at, size_t mark) {
    FieldKind kind = FieldKind::plain;
    for (; mark != kNone && is_inner(mark); mark = cursor_.next()) kind = FieldKind::stray;
    return cut_at(at, mark, kind);
  }

  // The opening quote is used up.
  Cut read_quoted(size_t at) {
    open_quote_ = at;
    FieldKind kind = FieldKind::bare;
    const size_t close = find_closing_quote(kind);
    if (close == kNone) return {};
    open_quote_ = kNone;
    if (kind == FieldKind::bare && close == at + 1) kind = FieldKind::quoted;
    return read_behind_quote(at, close, kind);
  }

  size_t find_closing_quote(FieldKind& kind) {
    for (size_t mark = cursor_.next(); mark != kNone; mark = cursor_.next()) {
      const char byte = text_[mark];
      if (byte == '\n' || (byte == '\r' && cr_ends_line_ && !has_line_feed_at(mark + 1))) ++inner_lines_;
      if (byte != kQuote) {
        if (kind == FieldKind::bare) kind = FieldKind::quoted;
        continue;
      }
      if (mark + 1 == text_.size() && !at_end_) return kNone;
      if (mark + 1 == text_.size() || text_[mark + 1] != kQuote) return mark;
      kind = FieldKind::doubled;
      cursor_.next();
    }
    return kNone;
  }

  // Line ends and separators follow a closing quote directly; anything else is more text of the field.
  Cut read_behind_quote(size_t at, size_t close, FieldKind kind) {
    size_t mark = cursor_.next();
    while (mark != kNone && is_inner(mark)) mark = cursor_.next();
    const size_t end = mark == kNone ? text_.size() : mark;
    if (end != close + 1) kind = FieldKind::mended;
    Cut cut = cut_at(at, mark, kind);
    const bool has_quotes = kind == FieldKind::doubled || kind == FieldKind::mended;
    if (cut.next != Next::more_text && !has_quotes) cut.span = FieldSpan(at + 1, close, kind);
    return cut;
  }

  std::string_view text_;
  bool at_end_;
  char separator_;
  bool cr_ends_line_;
  MarkCursor cursor_;
  uint64_t inner_lines_ = 0;
  size_t open_quote_ = kNone;
};

bool is_blank(const RecordIndex& index, size_t first_field) {
  const FieldSpan& field = index.fields[first_field];
  return index.fields.size() == first_field + 1 && field.size == 0 && !field.is_quoted();
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
    const size_t next = pass.read_record(result.consumed, index);
    const bool is_whole = next != Pass::kNone;
    const size_t size = is_whole ? next - result.consumed : record.size();
    if (!is_whole) {
      index.fields.resize(first_field);
      if (pass.open_quote() != Pass::kNone && (at_end || size > shape.bytes_max)) {
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
    result.consumed = next;
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
