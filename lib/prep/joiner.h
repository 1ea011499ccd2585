// Joins the rows of one table with those of another that is held in memory.
#pragma once

#include "prep/join_plan.h"
#include "prep/join_table.h"
#include "prep/stage.h"

namespace aml::prep {

// For each row whether it can be joined at all: a missing, failed or empty key is equal to none.
std::vector<bool> rows_with_key(const table::Batch& batch, const std::vector<size_t>& keys);

class Joiner {
 public:
  // `columns` outlive the joiner.
  Joiner(const JoinColumns& columns, const Cancel* cancel);

  // All right rows, as columns.held says; then all left rows; then finish.
  void add_right(const table::Batch& rows);
  Status push_left(const table::Batch& rows, Flow& flow);
  Status finish(Flow& flow);

  uint64_t bytes() const { return table_.bytes(); }
  uint32_t right_rows() const { return table_.end() - 1; }
  // Right rows begin … end - 1, as they were added.
  table::Batch read_right(uint32_t begin, uint32_t end) const;

 private:
  void add_pair(uint32_t left, uint32_t right);
  Status emit_pairs(const table::Batch& left, Flow& flow);
  Status emit_lonely(Flow& flow);
  void append_added(table::Batch& joined, const table::Batch& right) const;

  const JoinColumns& columns_;
  const Cancel* cancel_;
  KeyEncoder left_encoder_;
  KeyEncoder right_encoder_;
  BatchKeys keys_;
  JoinTable table_;
  std::vector<bool> is_matched_;  // of each right row
  std::vector<uint32_t> lefts_;   // pairs not yet emitted
  std::vector<uint32_t> rights_;
};

}  // namespace aml::prep
