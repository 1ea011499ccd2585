// A bounded sample of the rows of a stream for work that is too dear for every row: each set of rows is equally likely,
// and which ones are taken is a function of the seed and the row's number alone, not of how the rows were batched.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "table/batch.h"

namespace aml::inspect {

class RowSample {
 public:
  struct Limits {
    size_t rows = 10'000;
    size_t bytes = size_t{64} << 20;  // of text held; a sample that needs more has fewer rows
    size_t cell_bytes = 1024;         // longer cells are cut
  };

  RowSample(table::SchemaPtr schema, uint64_t seed, const Limits& limits);

  // The first `rows` rows of the batch.
  void add(const table::Batch& batch, size_t rows);

  uint64_t rows_seen() const { return seen_; }
  bool holds_all() const { return seen_ == rows_.size(); }

  // The rows taken, in the order they came, as text.
  table::Batch take();

 private:
  struct Row {
    uint64_t draw = 0;  // the rows with the smallest draws stay
    uint64_t number = 0;
    size_t begin = 0;  // of its cells in bytes_
  };

  void keep(const table::Batch& batch, size_t row, uint64_t draw);
  void drop_surplus();
  void halve();
  void rebuild();
  size_t cells_end(size_t begin) const;

  table::SchemaPtr schema_;
  Random random_;
  Limits limits_;
  uint64_t seen_ = 0;
  uint64_t largest_ = UINT64_MAX;  // draw that can still be among the smallest
  std::vector<Row> rows_;
  std::string bytes_;    // per cell: its length and one for "there is one" in four bytes, then its text
  std::string scratch_;  // of one cell
};

}  // namespace aml::inspect
