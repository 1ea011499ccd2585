// Sorts any number of rows in bounded memory: rows are collected up to the budget, sorted and written to a temporary
// file as a run, and the runs are merged at the end, in several passes if there are very many. Equal rows keep
// their order.
#pragma once

#include <functional>
#include <optional>

#include "prep/key_sort.h"
#include "prep/row_arena.h"
#include "prep/row_codec.h"
#include "prep/row_key.h"
#include "prep/spill_file.h"
#include "prep/stage.h"

namespace aml::prep {

class RowSorter {
 public:
  RowSorter(table::SchemaPtr schema, std::vector<KeyPart> keys, const Resources& resources)
      : codec_(std::move(schema)), keys_(std::move(keys)), resources_(resources) {}

  Status add(const table::Batch& batch);
  // The rows in order, table::kBatchRows at once. Once, last.
  Status finish(const std::function<Status(table::Batch)>& emit);

 private:
  struct Run {
    uint64_t begin = 0;
    uint64_t end = 0;
  };
  class Output;

  size_t held_bytes() const;
  Status spill();
  Status emit_held(const std::function<Status(table::Batch)>& emit);
  Status merge_in_passes();
  Status merge(std::span<const Run> runs, const std::function<Status(const SortRecord&)>& take) const;

  RowCodec codec_;
  KeyEncoder keys_;
  Resources resources_;
  RowArena arena_;
  std::vector<SortEntry> entries_;
  std::vector<SortEntry> scratch_;  // for sorting them
  std::optional<SpillFile> file_;
  std::vector<Run> runs_;
};

}  // namespace aml::prep
