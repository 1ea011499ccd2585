// One column of a batch: typed values, which of them are valid, the original text beside them, and the cells whose
// conversion failed together with the reason. Columns are immutable once built and shared between batches, so a
// step that does not touch a column costs nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "table/schema.h"
#include "table/text_view.h"

namespace aml::table {

// Why a cell has no value although something stood there. The names are an interface (--json, filters).
enum class CellProblem : uint8_t {
  not_a_number,
  not_an_integer,
  out_of_range,
  not_a_boolean,
  not_a_date,
  not_a_timestamp,
  ambiguous_date,
  division_by_zero,
  not_utf8,
  bad_argument,
  ambiguous_time,  // a local time that clocks show twice
  skipped_time,    // one they never show
  unknown_category,
  not_json,
  spreadsheet_error,  // a cell whose formula failed: #DIV/0!, #N/A
  not_learned,        // the examples say nothing about such a row
};
std::string_view name_of(CellProblem problem);  // "not_a_number", …

struct CellError {
  uint32_t row = 0;  // within the batch
  CellProblem problem = CellProblem::bad_argument;
};

// Bytes that views point into: a block of the input file, or text a step made. Never moves once shared.
using Bytes = std::shared_ptr<const std::string>;

class Column {
 public:
  ColumnType type() const { return type_; }
  size_t rows() const { return rows_; }

  // A cell is valid, missing, or an error (which carries its reason).
  bool is_valid(size_t row) const { return (valid_[row >> 6] >> (row & 63) & 1) != 0; }
  bool is_missing(size_t row) const { return !is_valid(row) && error_at(row) == nullptr; }
  const CellError* error_at(size_t row) const;
  std::span<const CellError> errors() const { return errors_; }     // ascending by row
  std::span<const uint64_t> valid_words() const { return valid_; }  // bit r % 64 of word r / 64; unused bits are 0
  size_t valid_count() const;

  // Values; the span of the column's own type has rows() entries, the others are empty. Invalid cells hold 0 or NaN.
  std::span<const uint8_t> booleans() const { return values_of<uint8_t>(); }
  std::span<const int64_t> ints() const { return values_of<int64_t>(); }  // int64, date, timestamp
  std::span<const double> doubles() const { return values_of<double>(); }

  // Original text, rows() entries; for a text column these are the values. Empty for computed columns.
  // An error cell keeps the text that failed.
  std::span<const TextView> texts() const { return texts_; }

  // The cell as output text: the original if it is kept, else the value's canonical form; nothing for missing.
  void append_text(std::string& out, size_t row) const;

  const std::vector<Bytes>& pins() const { return pins_; }

 private:
  friend class ColumnBuilder;
  friend std::shared_ptr<const Column> make_text_column(struct TextColumnParts parts);
  template <class T>
  std::span<const T> values_of() const {
    const auto* values = std::get_if<std::vector<T>>(&values_);
    return values == nullptr ? std::span<const T>() : std::span<const T>(*values);
  }

  ColumnType type_ = ColumnType::text;
  size_t rows_ = 0;
  std::vector<uint64_t> valid_;
  std::variant<std::monostate, std::vector<uint8_t>, std::vector<int64_t>, std::vector<double>> values_;
  std::vector<TextView> texts_;
  std::vector<CellError> errors_;
  std::vector<Bytes> pins_;
};

class Records;
using RecordsPtr = std::shared_ptr<const Records>;

// A column shared by batches, which is made when somebody first looks at it: until then it may be no more than a field
// of the records it was read from. Like its batch, it belongs to one thread at a time.
class ColumnPtr {
 public:
  ColumnPtr() = default;
  ColumnPtr(std::nullptr_t) {}
  ColumnPtr(std::shared_ptr<const Column> column) : column_(std::move(column)) {}
  ColumnPtr(RecordsPtr records, size_t field) : records_(std::move(records)), field_(static_cast<uint32_t>(field)) {}

  const Column& operator*() const { return *get(); }
  const Column* operator->() const { return get(); }
  const Column* get() const {
    if (column_ == nullptr && records_ != nullptr) make();
    return column_.get();
  }
  std::shared_ptr<const Column> shared() const { return get() == nullptr ? nullptr : column_; }
  explicit operator bool() const { return column_ != nullptr || records_ != nullptr; }
  friend bool operator==(const ColumnPtr& a, const ColumnPtr& b) { return a.get() == b.get(); }

  // Where the text of these cells stands unchanged; null for a column that was not read, or was changed.
  const RecordsPtr& records() const { return records_; }
  uint32_t field() const { return field_; }

 private:
  void make() const;

  mutable std::shared_ptr<const Column> column_;
  RecordsPtr records_;
  uint32_t field_ = 0;
};

enum class KeepText : uint8_t { no, yes };

// Appends cells in row order. With KeepText::yes every append must pass the original text (an empty view for none).
// Text passed as a view must live in a block given to pin(); text passed to append_owned_text is copied.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(ColumnType type, KeepText keep_text = KeepText::no);

  void reserve(size_t rows);
  void append_boolean(bool value, TextView original = {});
  void append_int(int64_t value, TextView original = {});  // int64, date, timestamp
  void append_double(double value, TextView original = {});
  void append_text(TextView value);                // text columns
  void append_owned_text(std::string_view value);  // text columns
  void append_missing(TextView original = {});
  void append_error(CellProblem problem, TextView original = {});
  void pin(Bytes block);
  void pin_all(const Column& other);  // what the views of `other` point into

  size_t rows() const { return column_.rows_; }
  ColumnPtr finish();  // the builder is empty afterwards

 private:
  void append_validity(bool is_valid);
  void append_zero();
  void append_original(TextView original);

  Column column_;
  KeepText keep_text_;
  std::shared_ptr<std::string> owned_;  // the block append_owned_text fills; pinned when full
};

// A text column made at once. `texts` of cells that are not valid are empty, bits behind the last row 0.
struct TextColumnParts {
  std::vector<TextView> texts;
  std::vector<uint64_t> valid;  // bit r % 64 of word r / 64
  std::vector<Bytes> pins;
};
std::shared_ptr<const Column> make_text_column(TextColumnParts parts);

// The rows named, in that order; shares text blocks with the source.
ColumnPtr gather(const Column& column, std::span<const uint32_t> rows);

// Canonical text of a value of `type`, as append_text writes it.
void append_value_text(std::string& out, ColumnType type, int64_t value);  // int64, date, timestamp, boolean

}  // namespace aml::table
