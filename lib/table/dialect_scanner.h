// Delimited records of any other dialect than the one CsvScanner is made for: a separator of several bytes, another
// quote or none, an escape, comments. One byte after the other, because such files are rare and their rules are not.
//   - "" within quotes is a quote, with an escape or without; text behind a closing quote belongs to the field;
//   - the byte behind an escape stands for itself, be it a separator or a line feed;
//   - a comment starts where a record could start, and takes its line.
// Line ends, blank lines and quotes that are never closed are as in CsvScanner.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "table/record_index.h"

namespace aml::table {

struct Dialect {
  std::string separator = ",";  // not empty
  std::optional<char> quote = '"';
  std::optional<char> escape = {};
  std::string comment = {};
  bool cr_ends_line = false;
};

class DialectScanner final : public RecordScanner {
 public:
  DialectScanner(Dialect dialect, uint64_t first_line);
  ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                  RecordIndex& index) override;
  void decode(std::string_view field, std::string& out) const override;

 private:
  Dialect dialect_;
  std::array<bool, 256> is_special_ = {};  // bytes that may mean something outside quotes
  uint64_t line_;                          // where the next record starts
};

}  // namespace aml::table
