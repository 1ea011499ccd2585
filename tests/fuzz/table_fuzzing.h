// What the fuzz targets of the table readers share: read a text, write it, and stop at the first disagreement.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "table/reader.h"
#include "table/writer.h"

namespace aml::fuzz {

using Rows = std::vector<std::vector<std::string>>;

inline void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

inline Result<table::Table> read_text(std::string text, const table::ReadOptions& options) {
  const auto reader = TRY(table::open_reader(std::make_unique<StringSource>(std::move(text)), "t", options, nullptr));
  return table::read_all(*reader);
}

// Names, then rows; each cell starts with a letter that tells missing from text.
inline Rows rows_of(const table::Table& table) {
  Rows rows = {table.schema->names()};
  for (const table::Batch& batch : table.batches)
    for (size_t row = 0; row < batch.rows; ++row) {
      auto& cells = rows.emplace_back();
      for (const auto& column : batch.columns) {
        cells.emplace_back(column->is_missing(row) ? "m" : "t");
        column->append_text(cells.back(), row);
      }
    }
  return rows;
}

inline std::string write_text(const table::Table& table, table::Format format) {
  StringSink sink;
  table::WriteOptions options;
  options.format = format;
  auto writer = table::open_writer(sink, table.schema, options);
  for (const table::Batch& batch : table.batches) require((*writer)->write(batch).ok(), "a batch can be written");
  require((*writer)->finish().ok(), "a table can be finished");
  return sink.text();
}

}  // namespace aml::fuzz
