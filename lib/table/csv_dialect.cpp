#include "table/csv_dialect.h"

#include <algorithm>
#include <tuple>

#include "table/classify.h"

namespace aml::table {
namespace {

constexpr std::string_view kSeparators = ",;\t|";
constexpr size_t kSepLineBytes = 5;

struct FirstLine {
  size_t end = 0;  // where its line end starts
  bool ends_in_cr = false;
  bool is_whole = false;
};

bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

// The first line that is not blank, by any of the separators.
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
    if (is_line_end(byte) && i == begin) {
      ++begin;  // a blank line in front decides nothing
      continue;
    }
    line.is_whole = is_line_end(byte);
    line.end = i;
    line.ends_in_cr = byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (line.is_whole) return line;
    at_field_start = kSeparators.find(byte) != std::string_view::npos;
  }
  line.is_whole = at_end;
  line.end = text.size();
  return line;
}

// What a sample looks like if `separator` is the one.
struct Layout {
  size_t fields = 1;   // of the first record
  size_t records = 0;  // behind the first
  size_t alike = 0;    // of those, with as many fields as the first
  size_t cells = 0;    // in those
  size_t typed = 0;    // of those cells, numbers, dates and words of a closed set

  double uniformity() const { return records == 0 ? 1 : static_cast<double>(alike) / static_cast<double>(records); }
  double typed_share() const { return cells == 0 ? 0 : static_cast<double>(typed) / static_cast<double>(cells); }
};

bool is_typed(std::string_view cell) {
  cell.remove_prefix(std::min(cell.find_first_not_of(" \""), cell.size()));
  cell = cell.substr(0, cell.find_last_not_of(" \"") + 1);  // npos + 1 is 0
  return !cell.empty() && classify(cell).type != ColumnType::text;
}

class LayoutReader {
 public:
  LayoutReader(std::string_view sample, char separator) : sample_(sample), separator_(separator) {}

  // `is_all`: the sample ends where a record does.
  Layout read(bool is_all) {
    bool is_first = true;
    while (at_ < sample_.size()) {
      const bool is_whole = read_record();
      if (!is_whole && !is_all && !is_first) break;
      const bool is_blank = fields_ == 1 && is_empty_;
      if (is_blank) continue;
      if (is_first) layout_.fields = fields_;
      else add_record();
      is_first = false;
    }
    return layout_;
  }

 private:
  // False where the sample ends first.
  bool read_record() {
    fields_ = 0;
    typed_ = 0;
    for (;;) {
      const size_t begin = at_;
      skip_quotes();
      while (at_ < sample_.size() && sample_[at_] != separator_ && !is_line_end(sample_[at_])) {
        // Behind any separator a quote opens: who writes CSV hides the others in it.
        if (kSeparators.find(sample_[at_++]) != std::string_view::npos) skip_quotes();
      }
      is_empty_ = at_ == begin;
      ++fields_;
      typed_ += is_typed(sample_.substr(begin, at_ - begin)) ? 1 : 0;
      if (at_ == sample_.size()) return false;
      if (sample_[at_++] != separator_) return true;
    }
  }

  void skip_quotes() {
    if (at_ == sample_.size() || sample_[at_] != '"') return;
    for (++at_; at_ < sample_.size(); ++at_) {
      if (sample_[at_] != '"') continue;
      if (at_ + 1 == sample_.size() || sample_[at_ + 1] != '"') return;
      ++at_;
    }
  }

  void add_record() {
    ++layout_.records;
    if (fields_ != layout_.fields) return;
    ++layout_.alike;
    layout_.cells += fields_;
    layout_.typed += typed_;
  }

  std::string_view sample_;
  char separator_;
  size_t at_ = 0;
  size_t fields_ = 0;
  size_t typed_ = 0;
  bool is_empty_ = false;
  Layout layout_;
};

// Looks at kDialectBytes, so that nothing depends on how much of the input happens to be there, and at the first line
// in full. The separator that makes this most of a table: records alike, then cells with types, then more fields. The
// first in the list where all that is equal, and where no separator stands in the first record.
char find_separator(std::string_view text, size_t first_line_end, bool at_end) {
  const size_t sample_bytes = std::min(text.size(), std::max(kDialectBytes, first_line_end));
  const bool is_all = at_end && sample_bytes == text.size();
  char best = kSeparators[0];
  Layout best_layout;
  for (const char separator : kSeparators) {
    const Layout layout = LayoutReader(text.substr(0, sample_bytes), separator).read(is_all);
    if (layout.fields == 1) continue;
    const auto rank = [](const Layout& one) { return std::tuple(one.uniformity(), one.typed_share(), one.fields); };
    if (best_layout.fields > 1 && rank(layout) <= rank(best_layout)) continue;
    best = separator;
    best_layout = layout;
  }
  return best;
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

  const FirstLine line = read_first_line(text, at_end);
  if (!line.is_whole) return std::nullopt;
  dialect.cr_ends_line = line.ends_in_cr;
  if (const auto sep_line = read_sep_line(text)) {
    dialect.skip_bytes += kSepLineBytes + line_end_size(text.substr(kSepLineBytes));
    dialect.skip_lines = 1;
    dialect.separator = separator.value_or(*sep_line);
    return dialect;
  }
  dialect.separator = separator ? *separator : find_separator(text, line.end, at_end);
  return dialect;
}

void append_csv_quoted(std::string& out, std::string_view text) {
  out.push_back('"');
  for (;;) {
    const size_t quote = text.find('"');
    out.append(text.substr(0, quote));
    if (quote == std::string_view::npos) break;
    out.append("\"\"");
    text.remove_prefix(quote + 1);
  }
  out.push_back('"');
}

}  // namespace aml::table
