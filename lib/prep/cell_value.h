// A constant that steps put into cells: a value of a column's type as it was written in the package.
#pragma once

#include "base/result.h"
#include "table/column.h"
#include "table/scalar.h"
#include "text/yaml.h"

namespace aml::prep {

class CellValue {
 public:
  // `null` is missing. bad_data at the node's place when the text does not fit the type.
  static Result<CellValue> read(const text::Yaml& node, table::ColumnType type);
  // The same for text that stands elsewhere (the key of a mapping); `place` starts the error.
  static Result<CellValue> parse(std::string_view written, table::ColumnType type, std::string_view place);

  static CellValue missing(table::ColumnType type);

  bool is_missing() const { return is_missing_; }
  const std::string& text() const { return *text_; }

  // Whether the cell, which is valid, holds this value.
  bool equals(const table::Column& column, size_t row) const;

  // `builder` is of the value's type and has the value pinned.
  void append_to(table::ColumnBuilder& builder) const;
  void pin_to(table::ColumnBuilder& builder) const { builder.pin(text_); }

 private:
  table::ColumnType type_ = table::ColumnType::text;
  bool is_missing_ = false;
  table::Scalar scalar_;
  table::Bytes text_ = std::make_shared<const std::string>();  // shared with the columns that hold the value
};

// A builder for a changed copy of `column`, and its cells as they are.
table::ColumnBuilder start_copy(const table::Column& column);
void copy_cell(table::ColumnBuilder& builder, const table::Column& column, size_t row);

// When some of `columns`, which have one type, keep their text and others do not, gives the others their canonical
// text, so that cells of all can stand in one column.
void make_texts_alike(std::span<table::ColumnPtr> columns);

// `rows` missing cells.
table::ColumnPtr missing_column(table::ColumnType type, size_t rows);

}  // namespace aml::prep
