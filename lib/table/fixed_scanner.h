// Columns of a fixed width: each line is a record, each field stands at the same places, spaces around it are none of
// it, and one of nothing but spaces is missing. Places count characters of UTF-8; bytes that are none count one each.
#pragma once

#include <vector>

#include "table/record_index.h"

namespace aml::table {

// Characters of the line, from 0; a line may end before.
struct FixedColumn {
  size_t begin = 0;
  size_t end = 0;
  bool operator==(const FixedColumn&) const = default;
};

// The columns between the places that are blank in every line of `sample`; none if all lines are blank. Each reaches to
// the start of the next, the last to the end of its line. A line that the sample cuts off does not count.
std::vector<FixedColumn> detect_fixed_columns(std::string_view sample, bool is_all);

class FixedScanner final : public RecordScanner {
 public:
  FixedScanner(std::vector<FixedColumn> columns, uint64_t first_line)
      : columns_(std::move(columns)), line_(first_line) {}
  ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                  RecordIndex& index) override;
  void decode(std::string_view field, std::string& out) const override { out.append(field); }

 private:
  void append_fields(std::string_view text, size_t begin, size_t end, RecordIndex& index) const;

  std::vector<FixedColumn> columns_;  // ascending, not empty
  uint64_t line_;                     // where the next record starts
};

}  // namespace aml::table
