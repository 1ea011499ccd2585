#include "prep/categories.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "prep/learned_values.h"

namespace aml::prep {
namespace {

// One column as a batch, for encoders.
table::Batch batch_of(const table::ColumnPtr& column) { return {nullptr, {column}, column->rows(), {}}; }

}  // namespace

CategoryFit::CategoryFit(table::ColumnType type)
    : schema_(std::make_shared<const table::Schema>(std::vector<table::Field>{{"value", type}})), rows_(schema_) {}

void CategoryFit::add(const table::ColumnPtr& column) {
  table::Batch batch = batch_of(column);
  batch.schema = schema_;
  keys_.encode(KeyEncoder(key_parts({0})), batch);
  std::vector<uint32_t> first_rows;
  for (uint32_t row = 0; row < batch.rows; ++row) {
    if (!column->is_valid(row) || !table_.insert(keys_[row]).is_new) continue;
    first_rows.push_back(row);
    order_.emplace_back(keys_[row]);
    key_bytes_ += sizeof(std::string) + keys_[row].size();
  }
  if (!first_rows.empty()) rows_.add(table::gather(batch, first_rows));
}

text::Json CategoryFit::finish() const {
  std::vector<uint32_t> numbers(order_.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::sort(numbers.begin(), numbers.end(), [&](uint32_t a, uint32_t b) { return order_[a] < order_[b]; });
  text::Json list = text::Json::array();
  if (numbers.empty()) return list;
  const table::Batch sorted = rows_.read(numbers);
  for (size_t row = 0; row < sorted.rows; ++row) list.push(json_of_cell(*sorted.columns[0], row));
  return list;
}

Result<Categories> Categories::read(const text::Json& values, table::ColumnType type, std::string_view what) {
  if (!values.is_array())
    return Error{ErrorKind::bad_data, fmt::format("{} must be a list of values", what), "amlprep fit writes it"};
  Categories categories;
  for (const text::Json& json : values.items()) {
    const CellValue value = TRY(cell_of_json(json, type, what));
    if (value.is_missing()) return Error{ErrorKind::bad_data, fmt::format("{} has a value that is missing", what)};
    table::ColumnBuilder builder(type);
    value.pin_to(builder);
    value.append_to(builder);
    BatchKeys key;
    key.encode(KeyEncoder(key_parts({0})), batch_of(builder.finish()));
    if (!categories.table_.insert(key[0]).is_new)
      return Error{ErrorKind::bad_data, fmt::format("{} has '{}' twice", what, value.text())};
    categories.names_.push_back(value.text());
  }
  return categories;
}

std::vector<uint32_t> Categories::find(const table::ColumnPtr& column) const {
  std::vector<uint32_t> found(column->rows(), kNone);
  BatchKeys keys;
  keys.encode(KeyEncoder(key_parts({0})), batch_of(column));
  for (size_t row = 0; row < found.size(); ++row)
    if (column->is_valid(row)) found[row] = table_.find(keys[row]).value_or(kNone);
  return found;
}

}  // namespace aml::prep
