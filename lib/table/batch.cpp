#include "table/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "table/records.h"

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

// Fields of records that columns of a batch still are, gathered once for all of them.
class RecordGatherer {
 public:
  RecordGatherer(const Batch& batch, std::span<const uint32_t> rows) : rows_(rows) {
    for (const ColumnPtr& column : batch.columns)
      if (column.records()) note(column);
    for (Part& part : parts_) gather(part);
  }

  ColumnPtr operator()(const ColumnPtr& column) const {
    const Part& part = *find(column.records());
    return {part.gathered, part.places[column.field()]};
  }

 private:
  struct Part {
    RecordsPtr records;
    std::vector<uint32_t> fields;  // in use
    std::vector<uint32_t> places;  // of each field of `records` in `gathered`
    RecordsPtr gathered;
  };

  std::vector<Part>::const_iterator find(const RecordsPtr& records) const {
    return std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.records == records; });
  }

  void note(const ColumnPtr& column) {
    if (find(column.records()) == parts_.end()) parts_.push_back({column.records(), {}, {}, nullptr});
    parts_[static_cast<size_t>(find(column.records()) - parts_.begin())].fields.push_back(column.field());
  }

  // Whole rows keep what stands together together; of wide records little is used, and only that is taken along.
  void gather(Part& part) const {
    const size_t width = part.records->width();
    if (part.fields.size() * 2 >= width) {
      part.fields.resize(width);
      std::iota(part.fields.begin(), part.fields.end(), 0U);
    }
    part.places.resize(width);
    for (size_t i = 0; i < part.fields.size(); ++i) part.places[part.fields[i]] = static_cast<uint32_t>(i);
    part.gathered = part.records->gather(rows_, part.fields);
  }

  std::span<const uint32_t> rows_;
  std::vector<Part> parts_;
};

}  // namespace

Batch gather(const Batch& batch, std::span<const uint32_t> rows) {
  const RowOrigin& origin = batch.origin;
  Batch picked{batch.schema, {}, rows.size(), {origin.source, pick(origin.lines, rows), pick(origin.sources, rows)}};
  picked.columns.reserve(batch.columns.size());
  const RecordGatherer records(batch, rows);
  for (const ColumnPtr& column : batch.columns)
    picked.columns.push_back(column.records() ? records(column) : gather(*column, rows));
  return picked;
}

}  // namespace aml::table
