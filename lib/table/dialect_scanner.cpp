#include "table/dialect_scanner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"

namespace aml::table {
namespace {

constexpr size_t kNone = std::string_view::npos;

// What stands at a place outside quotes.
enum class Mark : uint8_t { none, separator, line_end, more_text };

// One pass over one text.
class Pass {
 public:
  Pass(std::string_view text, bool at_end, const Dialect& dialect, const std::array<bool, 256>& is_special)
      : text_(text), at_end_(at_end), dialect_(dialect), is_special_(is_special) {}

  // The line behind a comment at `at`; `at` itself if there is none; kNone if that takes more text.
  size_t skip_comment(size_t at) const {
    if (dialect_.comment.empty()) return at;
    const std::string_view rest = text_.substr(at);
    if (!at_end_ && rest.size() < dialect_.comment.size() && dialect_.comment.starts_with(rest)) return kNone;
    if (!rest.starts_with(dialect_.comment)) return at;
    const size_t end = text_.find(dialect_.cr_ends_line ? '\r' : '\n', at);
    if (end != kNone) return end + 1;
    return at_end_ ? text_.size() : kNone;
  }

  // Appends the fields of the record at `begin`; returns where the next one starts, or kNone for more text.
  size_t read_record(size_t begin, RecordIndex& index) {
    inner_lines_ = 0;
    open_quote_ = kNone;
    for (at_ = begin;;) {
      FieldSpan span;
      const Mark mark = read_field(span);
      if (mark == Mark::more_text) return kNone;
      index.fields.push_back(span);
      if (mark == Mark::line_end) return at_;
    }
  }

  uint64_t inner_lines() const { return inner_lines_; }
  size_t open_quote() const { return open_quote_; }  // where the quotes opened that the text ends in, or kNone

 private:
  // Reads the field at at_ and what ends it.
  Mark read_field(FieldSpan& span) {
    const size_t begin = at_;
    bool is_encoded = false;
    size_t close = kNone;
    if (at_ < text_.size() && dialect_.quote == text_[at_]) {
      open_quote_ = at_;
      close = find_closing_quote(is_encoded);
      if (close == kNone) return Mark::more_text;
      open_quote_ = kNone;
      at_ = close + 1;
    }
    const size_t plain_begin = at_;
    size_t end = 0;
    const Mark mark = read_plain(plain_begin, end, is_encoded);
    is_encoded = is_encoded || (close != kNone && end > plain_begin);
    const bool is_bare = close != kNone && !is_encoded;
    span.begin = static_cast<uint32_t>(is_bare ? begin + 1 : begin);
    span.size = static_cast<uint32_t>(is_bare ? close - begin - 1 : end - begin) & 0x3fffffffU;
    span.is_quoted = close != kNone ? 1 : 0;
    span.is_encoded = is_encoded ? 1 : 0;
    return mark;
  }

  bool is_escape(size_t at) const { return dialect_.escape == text_[at]; }

  // From the opening quote at at_.
  size_t find_closing_quote(bool& is_encoded) {
    const char quote = *dialect_.quote;
    for (size_t i = at_ + 1; i < text_.size(); ++i) {
      const bool is_last = i + 1 == text_.size();
      if (text_[i] == '\n' || (text_[i] == '\r' && dialect_.cr_ends_line)) ++inner_lines_;
      if (text_[i] == quote) {
        if (is_last && !at_end_) return kNone;
        if (is_last || text_[i + 1] != quote) return i;
        is_encoded = true;
        ++i;
      } else if (is_escape(i)) {
        is_encoded = true;
        ++i;
        if (!is_last && text_[i] == '\n') ++inner_lines_;
      }
    }
    return kNone;
  }

  // Text outside quotes up to a mark, which is used up; `end` is where the field ends.
  Mark read_plain(size_t begin, size_t& end, bool& is_encoded) {
    for (size_t i = begin; i < text_.size(); ++i) {
      if (!is_special_[static_cast<uint8_t>(text_[i])]) continue;
      if (is_escape(i)) {
        if (i + 1 == text_.size()) break;
        is_encoded = true;
        if (text_[++i] == '\n') ++inner_lines_;
        continue;
      }
      end = i;
      const Mark mark = mark_at(i, begin, end);
      if (mark != Mark::none) return mark;
    }
    if (!at_end_) return Mark::more_text;
    // A carriage return as the very last byte is half a line end.
    end = text_.size() - (text_.size() > begin && text_.back() == '\r' ? 1 : 0);
    at_ = text_.size();
    return Mark::line_end;
  }

  Mark mark_at(size_t at, size_t field_begin, size_t& end) {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with(dialect_.separator)) {
      at_ = at + dialect_.separator.size();
      return Mark::separator;
    }
    if (!at_end_ && std::string_view(dialect_.separator).starts_with(rest)) return Mark::more_text;
    if (rest[0] == '\n') {
      end = at - (at > field_begin && text_[at - 1] == '\r' ? 1 : 0);
      at_ = at + 1;
      return Mark::line_end;
    }
    if (rest[0] != '\r' || !dialect_.cr_ends_line) return Mark::none;
    if (rest.size() == 1 && !at_end_) return Mark::more_text;
    at_ = at + (rest.starts_with("\r\n") ? 2 : 1);
    return Mark::line_end;
  }

  std::string_view text_;
  bool at_end_;
  const Dialect& dialect_;
  const std::array<bool, 256>& is_special_;
  size_t at_ = 0;
  uint64_t inner_lines_ = 0;
  size_t open_quote_ = kNone;
};

bool is_blank(const RecordIndex& index, size_t first_field) {
  const FieldSpan& field = index.fields[first_field];
  return index.fields.size() == first_field + 1 && field.size == 0 && field.is_quoted == 0;
}

// `record` is all there is of a record whose quote at `quote` is not closed.
ScanProblem unclosed_quote(std::string_view record, size_t quote, uint64_t line, bool at_end,
                           const RecordShape& shape) {
  const std::string_view before = record.substr(0, quote);
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto lines = static_cast<uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const std::string limit = at_end ? "" : fmt::format(" within {}", format_size(shape.bytes_max));
  return {line + lines, quote - line_begin + 1, fmt::format("the quote is not closed{}", limit),
          "close it, or say with '--quote none' that quotes mean nothing here"};
}

}  // namespace

DialectScanner::DialectScanner(Dialect dialect, uint64_t first_line) : dialect_(std::move(dialect)), line_(first_line) {
  AML_CHECK(!dialect_.separator.empty());
  is_special_[static_cast<uint8_t>(dialect_.separator[0])] = true;
  is_special_['\n'] = is_special_['\r'] = true;
  if (dialect_.escape) is_special_[static_cast<uint8_t>(*dialect_.escape)] = true;
}

ScanResult DialectScanner::scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                                RecordIndex& index) {
  ScanResult result;
  Pass pass(text, at_end, dialect_, is_special_);
  const size_t last_record = index.lines.size() + records_max;
  while (index.lines.size() < last_record && result.consumed < text.size()) {
    const size_t begin = result.consumed;
    const size_t behind_comment = pass.skip_comment(begin);
    if (behind_comment != begin && behind_comment != kNone) {
      ++line_;
      result.consumed = behind_comment;
      continue;
    }
    const size_t first_field = index.fields.size();
    const size_t next = behind_comment == kNone ? kNone : pass.read_record(begin, index);
    const bool is_whole = next != kNone;
    const size_t size = (is_whole ? next : text.size()) - begin;
    if (!is_whole) index.fields.resize(first_field);
    if (!is_whole && pass.open_quote() != kNone && (at_end || size > shape.bytes_max))
      result.problem = unclosed_quote(text.substr(begin), pass.open_quote() - begin, line_, at_end, shape);
    else if (size > shape.bytes_max) result.problem = too_long(line_, shape);
    if (!is_whole || result.problem) return result;
    if (is_blank(index, first_field) && shape.fields != 1) index.fields.resize(first_field);
    else if ((result.problem = close_record(first_field, line_, shape, index))) return result;
    line_ += 1 + pass.inner_lines();
    result.consumed = next;
  }
  return result;
}

void DialectScanner::decode(std::string_view field, std::string& out) const {
  bool is_quoted = !field.empty() && dialect_.quote == field[0];
  for (size_t i = is_quoted ? 1 : 0; i < field.size(); ++i) {
    const bool has_next = i + 1 < field.size();
    if (dialect_.escape == field[i] && has_next) {
      out.push_back(field[++i]);
    } else if (is_quoted && dialect_.quote == field[i]) {
      const bool is_doubled = has_next && field[i + 1] == field[i];
      if (is_doubled) out.push_back(field[i++]);
      else is_quoted = false;  // the closing one; what follows stands for itself
    } else {
      out.push_back(field[i]);
    }
  }
}

}  // namespace aml::table
