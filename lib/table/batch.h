// A few thousand rows of a table, column by column: what flows between reader, steps, learners, executor and writer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "table/column.h"
#include "table/schema.h"

namespace aml::table {

inline constexpr size_t kBatchRows = 4096;

// Where rows came from, for messages such as "a.csv:18: …".
struct RowOrigin {
  std::shared_ptr<const std::string> source;           // the file's name
  std::shared_ptr<const std::vector<uint64_t>> lines;  // physical line, from 1, where each row starts; may be null
  // Where rows of several files are mixed, as after a sort: the file of each row. Null otherwise.
  std::shared_ptr<const std::vector<std::shared_ptr<const std::string>>> sources = {};

  // The file of a row; null where none is known.
  const std::shared_ptr<const std::string>& source_of(size_t row) const { return sources ? (*sources)[row] : source; }
};

struct Batch {
  SchemaPtr schema;
  std::vector<ColumnPtr> columns;  // as many as the schema has fields, each with `rows` rows
  size_t rows = 0;
  RowOrigin origin = {};
};

// "penguins.csv:18", or "penguins.csv" when lines are not known.
std::string place_of(const Batch& batch, size_t row);

// The rows named, in that order.
Batch gather(const Batch& batch, std::span<const uint32_t> rows);

// A whole table in memory, for work that needs all rows at once.
struct Table {
  SchemaPtr schema;
  std::vector<Batch> batches;
  size_t rows = 0;
};

}  // namespace aml::table
