// Rows as bytes, for steps that hold them back: compact, position-independent, and fit for a temporary file. A row
// read back is the row that was written: values, original text, errors, and where it came from.
//
// A row: its line (8 bytes, 0 unknown) and the number of its file (4 bytes), then its cells one after the other. A
// cell: a varint `size << 3 | has_text << 2 | state` (0 valid, 1 missing, 2 error), the reason of an error in one
// byte, the value of a valid cell that is not text in 8 bytes (boolean: 1), and `size` bytes of text. Integers are in
// the machine's own order: the bytes never leave it.
#pragma once

#include <span>
#include <vector>

#include "table/batch.h"

namespace aml::prep {

class RowCodec {
 public:
  explicit RowCodec(table::SchemaPtr schema) : schema_(std::move(schema)) {}

  const table::SchemaPtr& schema() const { return schema_; }

  // Measures and writes as KeyEncoder does.
  void add_sizes(const table::Batch& batch, std::span<uint32_t> sizes) const;
  void write(const table::Batch& batch, std::span<char*> cursors);

  // `rows` point to what write() made, in memory that `pin` keeps alive; longer texts are views into it. At least
  // RowArena::kSlackBytes can be read behind each row.
  table::Batch decode(std::span<const char* const> rows, const table::Bytes& pin) const;

 private:
  uint32_t number_of(const std::shared_ptr<const std::string>& source);
  table::RowOrigin read_origins(std::span<const char*> cursors) const;

  table::SchemaPtr schema_;
  std::vector<std::shared_ptr<const std::string>> sources_;
};

}  // namespace aml::prep
