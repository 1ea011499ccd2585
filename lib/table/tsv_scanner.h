// Tab-separated records: one line each, no quotes; a tab, line feed, carriage return or backslash within a field is
// written \t, \n, \r or \\. Any other byte behind a backslash leaves both as they are. CRLF is read as a line end.
#pragma once

#include <vector>

#include "table/record_index.h"

namespace aml::table {

class TsvScanner final : public RecordScanner {
 public:
  TsvScanner(char separator, uint64_t first_line) : separator_(separator), line_(first_line) {}
  ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                  RecordIndex& index) override;
  void decode(std::string_view field, std::string& out) const override;

 private:
  char separator_;
  uint64_t line_;  // where the next record starts
  std::vector<uint32_t> places_;
};

}  // namespace aml::table
