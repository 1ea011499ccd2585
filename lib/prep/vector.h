// The cells of one value of an expression over one batch: a view of a column, or what a kernel computed. Lighter than
// table::Column (no original text, no builder), it lives only while a batch is evaluated.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/elementwise.h"
#include "table/column.h"

namespace aml::prep {

// A cell that is an error: why, and the text that failed where there is one.
struct FailedCell {
  uint32_t row = 0;
  table::CellProblem problem = table::CellProblem::bad_argument;
  table::TextView text = {};
};

struct Vector {
  table::ColumnType type = table::ColumnType::text;
  size_t rows = 0;
  std::span<const uint64_t> valid;

  // Only the span of the type is filled; cells that are not valid hold anything.
  std::span<const uint8_t> booleans;
  std::span<const int64_t> ints;
  std::span<const double> doubles;
  std::span<const table::TextView> texts;

  std::vector<FailedCell> failed;     // ascending by row
  std::vector<table::Bytes> pins;     // what the texts point into
  std::shared_ptr<const void> owner;  // the Column or Cells the spans point into

  bool is_valid(size_t row) const { return kernel::test_bit(valid, row); }
};

// What a kernel fills before it becomes a Vector.
struct Cells {
  explicit Cells(size_t row_count) : rows(row_count), valid(kernel::bitmap_words(row_count)) {}

  size_t rows;
  std::vector<uint64_t> valid;
  std::vector<uint8_t> booleans;
  std::vector<int64_t> ints;
  std::vector<double> doubles;
  std::vector<table::TextView> texts;
  std::vector<FailedCell> failed;
  std::vector<table::Bytes> pins;

  void pin_all(const std::vector<table::Bytes>& blocks);
};

Vector make_vector(table::ColumnType type, Cells cells);
Vector view_column(const table::ColumnPtr& column);
table::ColumnPtr make_column(const Vector& vector);

// The first `rows` rows of a vector whose cells are all alike.
Vector take_first(const Vector& constant, size_t rows);
Vector repeat_first(const Vector& vector, size_t rows);

// Text that a kernel makes: copied into blocks that never move.
class TextBlocks {
 public:
  table::TextView copy(std::string_view text);
  std::vector<table::Bytes> take_pins() { return std::move(blocks_); }

 private:
  std::vector<table::Bytes> blocks_;
  std::shared_ptr<std::string> open_;
};

}  // namespace aml::prep
