// Some records as they stand in the text they were read from: where each field is, with nothing copied or decoded. A
// column of a batch stays like this until somebody looks at its cells (ColumnPtr), and a writer of the same format
// copies what nobody changed.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "table/column.h"
#include "table/record_index.h"

namespace aml::table {

// What all records of one input have in common. Shared by its reader and all records read.
struct RecordForm {
  std::shared_ptr<const RecordScanner> decoder;
  std::vector<std::string> missing_words;  // unquoted fields that mean "no value", besides empty ones
};
using RecordFormPtr = std::shared_ptr<const RecordForm>;

class Records {
 public:
  // `fields`: record after record, `width` each; they count from the start of `text`, which stands in `block`.
  Records(RecordFormPtr form, Bytes block, std::string_view text, size_t width, std::vector<FieldSpan> fields);

  size_t rows() const { return fields_.size() / width_; }
  size_t width() const { return width_; }
  const RecordForm& form() const { return *form_; }
  std::string_view text() const { return text_; }
  std::span<const FieldSpan> row(size_t row) const { return std::span(fields_).subspan(row * width_, width_); }

  // True when the fields of a row follow each other in the text as they did when they were read.
  bool has_whole_rows() const { return has_whole_rows_; }

  // The cells of one field as a column of text.
  std::shared_ptr<const Column> make_column(size_t field) const;

  // The rows named and, of each, the fields named, which are the fields 0, 1, … of the result.
  RecordsPtr gather(std::span<const uint32_t> rows, std::span<const uint32_t> fields) const;

 private:
  bool is_missing(std::string_view text, FieldSpan span) const;

  RecordFormPtr form_;
  Bytes block_;
  std::string_view text_;
  size_t width_;
  std::vector<FieldSpan> fields_;
  bool has_whole_rows_ = true;
};

}  // namespace aml::table
