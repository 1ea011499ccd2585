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

// A record that is left out because of the number of its fields.
struct RejectedSpan {
  uint64_t line = 0;
  size_t begin = 0;  // of its text, line end excluded
  size_t end = 0;
  size_t fields = 0;
};

struct RecordIndex {
  std::vector<FieldSpan> fields;  // record after record, each with the same number of fields
  std::vector<uint64_t> lines;    // physical line, from 1, where each record starts
  std::vector<RejectedSpan> rejected = {};
  void clear() {
    fields.clear();
    lines.clear();
    rejected.clear();
  }
};

// What to do with a record that has more or fewer fields than the header.
enum class Ragged : uint8_t {
  refuse,    // bad_data with the line, the default
  pad,       // missing cells at the end; surplus cells are still refused
  truncate,  // surplus cells are dropped; short records are still refused
  fit,       // both
  reject,    // the record is left out and reported
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
  Ragged ragged = Ragged::refuse;
  size_t bytes_max = 0;
};

// For scanners: ends the record whose fields start at `first_field` of the index, or says why it is not one.
std::optional<ScanProblem> close_record(size_t first_field, uint64_t line, const RecordShape& shape,
                                        RecordIndex& index);
ScanProblem too_long(uint64_t line, const RecordShape& shape);
std::string describe_fields(size_t count, const RecordShape& shape);  // "1 field, but 2 columns"

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
