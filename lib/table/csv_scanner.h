// Comma-separated records by RFC 4180, with what Excel and others write besides:
//   - a quote inside an unquoted field is itself; text behind a closing quote belongs to the field ("ab"cd is abcd);
//   - LF and CRLF end a record, mixed as they come; a lone CR only if the first line ended in one;
//   - an empty line is no record, unless the table has a single column: there it is a missing value;
//   - a quote that is never closed is an error that names where it stands.
#pragma once

#include <vector>

#include "table/csv_dialect.h"
#include "table/record_index.h"

namespace aml::table {

class CsvScanner final : public RecordScanner {
 public:
  CsvScanner(CsvDialect dialect, uint64_t first_line) : dialect_(dialect), line_(first_line) {}
  ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                  RecordIndex& index) override;
  void decode(std::string_view field, std::string& out) const override;
  std::optional<char> csv_separator() const override { return dialect_.separator; }

 private:
  CsvDialect dialect_;
  uint64_t line_;  // where the next record starts
  std::vector<uint32_t> places_;
};

}  // namespace aml::table
