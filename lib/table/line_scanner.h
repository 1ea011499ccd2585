// Plain lines: each one is a record of a single field, blank ones included, with nothing taken off but its line end.
#pragma once

#include "table/record_index.h"

namespace aml::table {

class LineScanner final : public RecordScanner {
 public:
  explicit LineScanner(uint64_t first_line) : line_(first_line) {}
  ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                  RecordIndex& index) override;
  void decode(std::string_view field, std::string& out) const override { out.append(field); }

 private:
  uint64_t line_;  // where the next record starts
};

// The line at `begin` of `text`, for scanners of lines.
struct LineSpan {
  size_t end = 0;   // of its text
  size_t next = 0;  // where the next one starts
};
std::optional<LineSpan> find_line(std::string_view text, size_t begin, bool at_end);

}  // namespace aml::table
