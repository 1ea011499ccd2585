#include "inspect/row_sample.h"

#include <algorithm>
#include <cstring>

namespace aml::inspect {
namespace {

constexpr uint32_t kNoValue = UINT32_MAX;

void append_length(std::string& bytes, uint32_t length) {
  char raw[sizeof(length)];
  std::memcpy(raw, &length, sizeof(length));
  bytes.append(raw, sizeof(raw));
}

uint32_t read_length(const std::string& bytes, size_t at) {
  uint32_t length = 0;
  std::memcpy(&length, bytes.data() + at, sizeof(length));
  return length;
}

}  // namespace

RowSample::RowSample(table::SchemaPtr schema, uint64_t seed, const Limits& limits)
    : schema_(std::move(schema)), random_(seed, 0), limits_(limits) {}

void RowSample::add(const table::Batch& batch, size_t rows) {
  for (size_t row = 0; row < rows; ++row, ++seen_) {
    const uint64_t draw = random_.at(seen_);
    if (draw <= largest_) keep(batch, row, draw);
  }
}

void RowSample::keep(const table::Batch& batch, size_t row, uint64_t draw) {
  rows_.push_back({draw, seen_, bytes_.size()});
  for (const table::ColumnPtr& column : batch.columns) {
    if (!column->is_valid(row) && column->error_at(row) == nullptr) {
      append_length(bytes_, kNoValue);
      continue;
    }
    scratch_.clear();
    column->append_text(scratch_, row);
    if (scratch_.size() > limits_.cell_bytes) scratch_.resize(limits_.cell_bytes);
    append_length(bytes_, static_cast<uint32_t>(scratch_.size()));
    bytes_ += scratch_;
  }
  if (rows_.size() > 2 * limits_.rows) drop_surplus();
  if (bytes_.size() > limits_.bytes) drop_surplus();
  while (bytes_.size() > limits_.bytes && limits_.rows > 1) halve();
}

void RowSample::halve() {
  limits_.rows = std::min(limits_.rows, rows_.size()) / 2;
  drop_surplus();
}

void RowSample::drop_surplus() {
  if (rows_.size() <= limits_.rows) return;
  const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(limits_.rows);
  std::nth_element(rows_.begin(), end, rows_.end(), [](const Row& a, const Row& b) { return a.draw < b.draw; });
  rows_.erase(end, rows_.end());
  largest_ = 0;
  for (const Row& row : rows_) largest_ = std::max(largest_, row.draw);
  rebuild();
}

size_t RowSample::cells_end(size_t begin) const {
  for (size_t i = 0; i < schema_->size(); ++i) {
    const uint32_t length = read_length(bytes_, begin);
    begin += sizeof(length) + (length == kNoValue ? 0 : length);
  }
  return begin;
}

void RowSample::rebuild() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.number < b.number; });
  std::string bytes;
  for (Row& row : rows_) {
    const size_t end = cells_end(row.begin);
    const size_t begin = bytes.size();
    bytes.append(bytes_, row.begin, end - row.begin);
    row.begin = begin;
  }
  bytes_ = std::move(bytes);
}

table::Batch RowSample::take() {
  drop_surplus();
  std::vector<table::ColumnBuilder> builders;
  std::vector<table::Field> fields;
  for (const table::Field& field : schema_->fields()) {
    builders.emplace_back(table::ColumnType::text);
    fields.push_back({field.name, table::ColumnType::text});
  }
  for (const Row& row : rows_) {
    size_t at = row.begin;
    for (table::ColumnBuilder& builder : builders) {
      const uint32_t length = read_length(bytes_, at);
      at += sizeof(length);
      if (length == kNoValue) {
        builder.append_missing();
        continue;
      }
      builder.append_owned_text(std::string_view(bytes_).substr(at, length));
      at += length;
    }
  }
  table::Batch batch{std::make_shared<table::Schema>(std::move(fields)), {}, rows_.size()};
  for (table::ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
  return batch;
}

}  // namespace aml::inspect
