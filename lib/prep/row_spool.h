// Rows held back in the order they came, for steps that must see all rows before they can pass on the first: in memory
// up to the budget, then in a temporary file. Each batch is one block of bytes.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "prep/row_codec.h"
#include "prep/spill_file.h"
#include "prep/stage.h"

namespace aml::prep {

class RowSpool {
 public:
  RowSpool(table::SchemaPtr schema, const Resources& resources) : codec_(std::move(schema)), resources_(resources) {}

  Status add(const table::Batch& batch);
  // The batches as they were added. Once, last.
  Status drain(const std::function<Status(table::Batch)>& emit);

  bool is_spilled() const { return file_.has_value(); }

 private:
  // The size of each row (4 bytes each), then the rows.
  struct Block {
    size_t rows = 0;
    uint64_t begin = 0;  // in the file
    uint64_t size = 0;
    table::Bytes bytes = {};  // null once it is in the file
  };

  Status spill();
  table::Batch decode(const Block& block, const table::Bytes& bytes) const;

  RowCodec codec_;
  Resources resources_;
  std::vector<Block> blocks_;
  uint64_t held_bytes_ = 0;
  std::optional<SpillFile> file_;
};

}  // namespace aml::prep
