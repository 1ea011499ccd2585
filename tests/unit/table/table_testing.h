// What several tests of table/ need: text in, rows of text out.
#pragma once

#include <string>
#include <vector>

#include "table/reader.h"
#include "table/writer.h"

namespace aml::table::testing {

// Delivers a text in pieces of one size, as a slow pipe would.
class PieceSource final : public Source {
 public:
  PieceSource(std::string text, size_t piece_bytes) : text_(std::move(text)), piece_bytes_(piece_bytes) {}
  Result<std::string_view> read() override {
    const std::string_view piece = std::string_view(text_).substr(at_, piece_bytes_);
    at_ += piece.size();
    return piece;
  }

 private:
  std::string text_;
  size_t piece_bytes_;
  size_t at_ = 0;
};

inline Result<Table> read_table(std::string text, const ReadOptions& options = {}) {
  auto reader = TRY(open_reader(std::make_unique<StringSource>(std::move(text)), "t", options, nullptr));
  return read_all(*reader);
}

// The column names, then each row; a missing cell is "<missing>".
inline std::vector<std::vector<std::string>> rows_of(const Table& table) {
  std::vector<std::vector<std::string>> rows = {table.schema->names()};
  for (const Batch& batch : table.batches)
    for (size_t row = 0; row < batch.rows; ++row) {
      auto& cells = rows.emplace_back();
      for (const ColumnPtr& column : batch.columns) {
        cells.emplace_back();
        if (column->is_missing(row)) cells.back() = "<missing>";
        else column->append_text(cells.back(), row);
      }
    }
  return rows;
}

inline std::vector<std::vector<std::string>> read_rows(std::string text, const ReadOptions& options = {}) {
  const auto table = read_table(std::move(text), options);
  if (!table.ok()) return {{"error: " + table.error().message}};
  return rows_of(*table);
}

inline Error read_error(std::string text, const ReadOptions& options = {}) {
  auto table = read_table(std::move(text), options);
  return table.ok() ? Error{ErrorKind::usage, "no error"} : table.error();
}

}  // namespace aml::table::testing
