// Writes batches as CSV, TSV or JSON Lines into a Sink.
#pragma once

#include <memory>

#include "base/sink.h"
#include "table/batch.h"
#include "table/reader.h"

namespace aml::table {

// CSV is written by RFC 4180 with "\n" line ends: a field is quoted when it holds a separator, quote, CR or LF, or is
// an empty text that is not missing. TSV escapes \t \n \r \\. JSON Lines writes a text cell that is a JSON number
// in full as a number with its digits unchanged, every other text as a string, missing as null. An error cell is
// written as the text that failed.
struct WriteOptions {
  Format format = Format::csv;
  std::optional<char> separator = {};
  bool has_header = true;
  bool all_strings = false;       // JSON Lines: never write a text cell as a number
  std::string missing_text = {};  // all but JSON Lines
};

class Writer {
 public:
  virtual ~Writer() = default;
  virtual Status write(const Batch& batch) = 0;
  virtual Status finish() = 0;  // writes what is still buffered (a header, for an empty table) and flushes the sink
};

// `schema` is known before the first batch so that an empty table still gets its header. `sink` must outlive the
// writer.
Result<std::unique_ptr<Writer>> open_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options);

}  // namespace aml::table
