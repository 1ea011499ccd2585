// CSV byte by byte, as slow and plain as it gets: what the fast reader is compared with. No dialect is detected: the
// separator and whether a lone CR ends a line are given; a byte order mark and a "sep=" line must be gone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aml::table::testing {

struct ReferenceField {
  std::string text;
  bool is_quoted = false;
};

struct ReferenceRecord {
  uint64_t line = 0;
  std::vector<ReferenceField> fields;
};

struct ReferenceCsv {
  std::vector<ReferenceRecord> records;  // empty lines included
  bool has_open_quote = false;
};

class ReferenceReader {
 public:
  ReferenceReader(std::string_view text, char separator, bool cr_ends_line)
      : text_(text), separator_(separator), cr_ends_line_(cr_ends_line) {}

  ReferenceCsv read() {
    ReferenceCsv csv;
    while (at_ < text_.size()) {
      ReferenceRecord record{line_, {}};
      do record.fields.push_back(read_field(csv));
      while (at_ < text_.size() && text_[at_] == separator_ && ++at_ > 0);
      skip_line_end();
      csv.records.push_back(std::move(record));
    }
    return csv;
  }

 private:
  bool starts(size_t at, std::string_view what) const { return text_.substr(at).starts_with(what); }

  // Bytes of the line end at `at`; 0 when none is there.
  size_t line_end(size_t at) const {
    if (starts(at, "\n")) return 1;
    if (starts(at, "\r\n")) return 2;
    if (starts(at, "\r") && (cr_ends_line_ || at + 1 == text_.size())) return 1;
    return 0;
  }

  void skip_line_end() {
    const size_t size = line_end(at_);
    at_ += size;
    if (size > 0) ++line_;
  }

  ReferenceField read_field(ReferenceCsv& csv) {
    ReferenceField field;
    if (starts(at_, "\"")) {
      field.is_quoted = true;
      ++at_;
      for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == '"' && !starts(at_, "\"\"")) break;
        if (text_[at_] == '"') ++at_;
        if (text_[at_] == '\n' || (text_[at_] == '\r' && cr_ends_line_ && !starts(at_, "\r\n"))) ++line_;
        field.text.push_back(text_[at_]);
      }
      if (at_ == text_.size()) csv.has_open_quote = true;
      else ++at_;
    }
    while (at_ < text_.size() && text_[at_] != separator_ && line_end(at_) == 0) field.text.push_back(text_[at_++]);
    return field;
  }

  std::string_view text_;
  char separator_;
  bool cr_ends_line_;
  size_t at_ = 0;
  uint64_t line_ = 1;
};

}  // namespace aml::table::testing
