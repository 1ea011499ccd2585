// Rows set aside in a temporary file by their keys: all rows with equal keys are in the same partition, and each
// partition comes back in the order it was written.
#pragma once

#include <array>
#include <functional>
#include <optional>

#include "prep/row_codec.h"
#include "prep/spill_file.h"
#include "prep/stage.h"

namespace aml::prep {

class SpillPartitions {
 public:
  static constexpr uint32_t kCount = 32;
  // Rows may be set apart this often, each time by other bits of their hash.
  static constexpr unsigned kLevelsMax = 8;

  SpillPartitions(table::SchemaPtr schema, const Resources& resources, unsigned level)
      : codec_(std::move(schema)), resources_(resources), level_(level) {}

  unsigned level() const { return level_; }
  uint32_t partition_of(std::string_view key) const;

  // `partitions` has one for each row.
  Status add(const table::Batch& rows, std::span<const uint32_t> partitions);

  bool is_empty(uint32_t partition) const { return parts_[partition].rows == 0; }

  // The rows of one partition, once all were added.
  Status read(uint32_t partition, const std::function<Status(table::Batch)>& take);

 private:
  struct Chunk {
    uint64_t offset = 0;
    size_t size = 0;
  };
  struct Part {
    uint64_t rows = 0;
    std::string buffer;  // rows not yet in the file: for each its size in 4 bytes, then its bytes
    std::vector<Chunk> chunks;
  };

  Status write_out(Part& part);
  Status take_rows(const char* begin, const char* end, const table::Bytes& pin,
                   const std::function<Status(table::Batch)>& take) const;

  RowCodec codec_;
  Resources resources_;
  unsigned level_;
  std::optional<SpillFile> file_;
  std::array<Part, kCount> parts_;
};

// `rows` with one more column at the end: `first`, `first` + 1, …, or the numbers of the rows picked from those.
table::Batch with_sequence(table::Batch rows, const table::SchemaPtr& schema, int64_t first,
                           std::span<const uint32_t> picked);

// `schema` with the column that with_sequence() adds.
table::SchemaPtr schema_with_sequence(const table::Schema& schema);

}  // namespace aml::prep
