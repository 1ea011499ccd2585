// Where the fields of some records stand in a piece of text: what a scanner hands to the reader. Nothing is copied
// or decoded yet. A faster scanner has to fill this and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aml::table {

// One field as it stands in the text. `begin` counts from the start of the text scanned.
struct FieldSpan {
  uint32_t begin = 0;
  uint32_t size : 30 = 0;
  uint32_t is_quoted : 1 = 0;   // an empty one is an empty text then, not a missing value
  uint32_t is_encoded : 1 = 0;  // the text has to be decoded by the scanner (doubled quotes, escapes)
};
static_assert(sizeof(FieldSpan) == 8);

struct RecordIndex {
  std::vector<FieldSpan> fields;  // record after record, each with the same number of fields
  std::vector<uint64_t> lines;    // physical line, from 1, where each record starts
  void clear() {
    fields.clear();
    lines.clear();
  }
};

// Why a scan could not go on.
struct ScanProblem {
  uint64_t line = 0;
  uint64_t column = 0;  // in bytes, from 1; 0: the whole record
  std::string message;
  std::string hint = {};
};

struct ScanResult {
  size_t consumed = 0;  // bytes of complete records; the next scan goes on behind them
  std::optional<ScanProblem> problem = {};
};

// What a scanner has to know about the table.
struct RecordShape {
  size_t fields = 0;  // 0: as many as the first record has, which is all that is read then
  bool pad_short = false;
  size_t bytes_max = 0;
};

// For scanners: ends the record whose fields start at `first_field` of the index, or says why it is not one.
std::optional<ScanProblem> close_record(size_t first_field, uint64_t line, const RecordShape& shape,
                                        RecordIndex& index);
ScanProblem too_long(uint64_t line, const RecordShape& shape);

class RecordScanner {
 public:
  virtual ~RecordScanner() = default;

  // Appends up to `records_max` complete records from the start of `text`. `at_end`: no more text comes, so the last
  // record may lack its line end.
  virtual ScanResult scan(std::string_view text, bool at_end, size_t records_max, const RecordShape& shape,
                          RecordIndex& index) = 0;

  // The text that an encoded field stands for.
  virtual void decode(std::string_view field, std::string& out) const = 0;
};

}  // namespace aml::table
