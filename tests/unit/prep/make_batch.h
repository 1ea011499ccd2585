// Small batches for the tests of prep, written as text: "" is missing, and a cell that does not convert is an error.
#pragma once

#include <string>
#include <vector>

#include "table/batch.h"
#include "table/cast.h"

namespace aml::prep {

struct TestColumn {
  std::string name;
  table::ColumnType type;
  std::vector<std::string> cells;
};

inline table::ColumnPtr make_column_of(const TestColumn& written) {
  table::ColumnBuilder builder(table::ColumnType::text);
  for (const std::string& cell : written.cells) {
    if (cell.empty()) builder.append_missing();
    else builder.append_owned_text(cell);
  }
  const table::ColumnPtr column = builder.finish();
  return written.type == table::ColumnType::text ? column : table::cast(*column, written.type);
}

// Lines are numbered from 2, as if a header stood in line 1 of 't.csv'.
inline table::Batch make_batch(const std::vector<TestColumn>& written) {
  table::Batch batch;
  std::vector<table::Field> fields;
  for (const TestColumn& column : written) {
    fields.push_back({column.name, column.type});
    batch.columns.push_back(make_column_of(column));
  }
  batch.schema = std::make_shared<const table::Schema>(std::move(fields));
  batch.rows = written.empty() ? 0 : written[0].cells.size();
  std::vector<uint64_t> lines;
  for (size_t row = 0; row < batch.rows; ++row) lines.push_back(row + 2);
  batch.origin = {std::make_shared<const std::string>("t.csv"),
                  std::make_shared<const std::vector<uint64_t>>(std::move(lines))};
  return batch;
}

// A cell as a test reads it: its text, "-" for missing, "!reason" for an error.
inline std::string show(const table::Column& column, size_t row) {
  if (const table::CellError* error = column.error_at(row)) return "!" + std::string(table::name_of(error->problem));
  if (!column.is_valid(row)) return "-";
  std::string text;
  column.append_text(text, row);
  return text;
}

inline std::vector<std::string> show(const table::Column& column) {
  std::vector<std::string> cells;
  for (size_t row = 0; row < column.rows(); ++row) cells.push_back(show(column, row));
  return cells;
}

}  // namespace aml::prep
