#include "table/batch.h"

#include <fmt/format.h>

namespace aml::table {

std::string place_of(const Batch& batch, size_t row) {
  const auto& file = batch.origin.source_of(row);
  const std::string source = file ? *file : "-";
  if (!batch.origin.lines) return source;
  return fmt::format("{}:{}", source, (*batch.origin.lines)[row]);
}

namespace {

template <class T>
std::shared_ptr<const std::vector<T>> pick(const std::shared_ptr<const std::vector<T>>& values,
                                           std::span<const uint32_t> rows) {
  if (!values) return nullptr;
  std::vector<T> picked;
  picked.reserve(rows.size());
  for (const uint32_t row : rows) picked.push_back((*values)[row]);
  return std::make_shared<const std::vector<T>>(std::move(picked));
}

}  // namespace

Batch gather(const Batch& batch, std::span<const uint32_t> rows) {
  const RowOrigin& origin = batch.origin;
  Batch picked{batch.schema, {}, rows.size(), {origin.source, pick(origin.lines, rows), pick(origin.sources, rows)}};
  picked.columns.reserve(batch.columns.size());
  for (const ColumnPtr& column : batch.columns) picked.columns.push_back(gather(*column, rows));
  return picked;
}

}  // namespace aml::table
