#include "prep/mode_aggregate.h"

#include "prep/cell_value.h"

namespace aml::prep {

ModeAggregate::ModeAggregate(table::ColumnType type)
    : schema_(std::make_shared<const table::Schema>(
          std::vector<table::Field>{{"group", table::ColumnType::int64}, {"value", type}})),
      encoder_({{0}, {1}}),
      rows_(schema_) {}

void ModeAggregate::add(const table::Column& column, std::span<const uint32_t> groups, size_t) {
  table::ColumnBuilder numbers(table::ColumnType::int64);
  for (const uint32_t group : groups) numbers.append_int(group);
  const table::Batch batch{
      schema_, {numbers.finish(), std::make_shared<const table::Column>(column)}, groups.size(), {}};
  keys_.encode(encoder_, batch);
  std::vector<uint32_t> first_rows;
  for (uint32_t row = 0; row < groups.size(); ++row) {
    if (!column.is_valid(row)) continue;
    const KeyTable::Found found = table_.insert(keys_[row]);
    if (found.is_new) {
      first_rows.push_back(row);
      values_.push_back({groups[row]});
      texts_.emplace_back(keys_[row]);
      text_bytes_ += sizeof(std::string) + keys_[row].size();
    }
    ++values_[found.index].count;
  }
  if (!first_rows.empty()) rows_.add(table::gather(batch, first_rows));
}

uint64_t ModeAggregate::bytes() const {
  return table_.bytes() + rows_.bytes() + text_bytes_ + values_.capacity() * sizeof(Value);
}

void ModeAggregate::find_best() {
  for (uint32_t i = 0; i < values_.size(); ++i) {
    const Value& value = values_[i];
    if (best_.size() <= value.group) best_.resize(value.group + 1);
    Best& best = best_[value.group];
    const bool is_better = value.count > best.count || (value.count == best.count && texts_[i] < texts_[best.value]);
    if (is_better) best = {value.count, i};
  }
}

table::ColumnPtr ModeAggregate::results(size_t begin, size_t end) {
  if (best_.empty()) find_best();
  table::ColumnBuilder builder((*schema_)[1].type);
  for (size_t group = begin; group < end; ++group) {
    if (group >= best_.size() || best_[group].count == 0) {
      builder.append_missing();
      continue;
    }
    const table::ColumnPtr value = rows_.read(std::span(&best_[group].value, 1)).columns[1];
    builder.pin_all(*value);
    copy_cell(builder, *value, 0);
  }
  return builder.finish();
}

}  // namespace aml::prep
