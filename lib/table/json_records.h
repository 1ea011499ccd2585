// The objects of a JSON input, one after the other, as the text they stand in: from JSON Lines, or from a document, be
// it an array of objects, objects in a row, or an array deep inside.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/block_stream.h"

namespace aml::table {

class JsonRecords {
 public:
  virtual ~JsonRecords() = default;

  // The text of the next record, valid until the call after; nothing at the end. It lies in block().
  virtual Result<std::optional<std::string_view>> next() = 0;
  virtual uint64_t line() const = 0;  // where that record starts
  virtual const Bytes& block() const = 0;
};

struct JsonLimits {
  std::string name;  // of the input, for errors
  size_t record_bytes_max = 0;
};

// A line is a record; blank ones are none.
std::unique_ptr<JsonRecords> read_json_lines(BlockStream stream, JsonLimits limits);

// `path` leads through members to the records: {"a", "b"} to those of {"a": {"b": [ … ]}}. What else is in the document
// is passed over, and nothing behind the records is looked at.
Result<std::unique_ptr<JsonRecords>> read_json_document(BlockStream stream, JsonLimits limits,
                                                        const std::vector<std::string>& path);

}  // namespace aml::table
