#include "table/batch.h"

#include <fmt/format.h>

namespace aml::table {

std::string place_of(const Batch& batch, size_t row) {
  const std::string source = batch.origin.source ? *batch.origin.source : "-";
  if (!batch.origin.lines) return source;
  return fmt::format("{}:{}", source, (*batch.origin.lines)[row]);
}

Batch gather(const Batch& batch, std::span<const uint32_t> rows) {
  Batch picked{batch.schema, {}, rows.size(), {batch.origin.source, nullptr}};
  picked.columns.reserve(batch.columns.size());
  for (const ColumnPtr& column : batch.columns) picked.columns.push_back(gather(*column, rows));
  if (!batch.origin.lines) return picked;
  std::vector<uint64_t> lines;
  lines.reserve(rows.size());
  for (const uint32_t row : rows) lines.push_back((*batch.origin.lines)[row]);
  picked.origin.lines = std::make_shared<const std::vector<uint64_t>>(std::move(lines));
  return picked;
}

}  // namespace aml::table
