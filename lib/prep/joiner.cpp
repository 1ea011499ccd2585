#include "prep/joiner.h"

#include <numeric>

#include "prep/cell_value.h"

namespace aml::prep {

std::vector<bool> rows_with_key(const table::Batch& batch, const std::vector<size_t>& keys) {
  std::vector<bool> has_key(batch.rows, true);
  for (const size_t key : keys) {
    const table::Column& column = *batch.columns[key];
    const bool is_text = column.type() == table::ColumnType::text;
    for (size_t row = 0; row < batch.rows; ++row)
      if (!column.is_valid(row) || (is_text && column.texts()[row].empty())) has_key[row] = false;
  }
  return has_key;
}

Joiner::Joiner(const JoinColumns& columns, const Cancel* cancel)
    : columns_(columns),
      cancel_(cancel),
      left_encoder_(key_parts(columns.left_keys)),
      right_encoder_(key_parts(columns.right_keys)),
      table_(columns.held) {}

void Joiner::add_right(const table::Batch& rows) {
  keys_.encode(right_encoder_, rows);
  table_.add(rows, keys_, rows_with_key(rows, columns_.right_keys));
}

table::Batch Joiner::read_right(uint32_t begin, uint32_t end) const {
  std::vector<uint32_t> numbers(end - begin);
  std::iota(numbers.begin(), numbers.end(), begin + 1);  // the first one is no row
  return table_.read(numbers);
}

Status Joiner::push_left(const table::Batch& rows, Flow& flow) {
  is_matched_.resize(table_.end());
  keys_.encode(left_encoder_, rows);
  const std::vector<bool> has_key = rows_with_key(rows, columns_.left_keys);
  const bool is_anti = columns_.kind == JoinKind::anti;
  for (uint32_t row = 0; row < rows.rows; ++row) {
    uint32_t other = has_key[row] ? table_.first_of(keys_[row]) : JoinTable::kNoRow;
    if (other == JoinTable::kNoRow && (is_anti || columns_.keeps_left())) add_pair(row, other);
    for (; other != JoinTable::kNoRow && !is_anti; other = table_.next_of(other)) {
      add_pair(row, other);
      if (lefts_.size() == table::kBatchRows) TRY(emit_pairs(rows, flow));
    }
    if (lefts_.size() >= table::kBatchRows) TRY(emit_pairs(rows, flow));
  }
  return emit_pairs(rows, flow);
}

Status Joiner::finish(Flow& flow) {
  if (!columns_.keeps_right()) return {};
  is_matched_.resize(table_.end());
  for (uint32_t number = 1; number < table_.end(); ++number) {
    if (!is_matched_[number]) rights_.push_back(number);
    if (rights_.size() == table::kBatchRows) TRY(emit_lonely(flow));
  }
  return emit_lonely(flow);
}

void Joiner::add_pair(uint32_t left, uint32_t right) {
  lefts_.push_back(left);
  rights_.push_back(right);
  is_matched_[right] = true;
}

Status Joiner::emit_pairs(const table::Batch& left, Flow& flow) {
  if (lefts_.empty()) return {};
  if (cancel_ != nullptr) TRY(cancel_->check());
  table::Batch joined = table::gather(left, lefts_);
  joined.schema = columns_.schema;
  if (columns_.kind != JoinKind::anti) append_added(joined, table_.read(rights_));
  lefts_.clear();
  rights_.clear();
  return flow.emit(std::move(joined));
}

// Right rows that no left row has the key of: the key is theirs, the other left columns are missing.
Status Joiner::emit_lonely(Flow& flow) {
  if (rights_.empty()) return {};
  const table::Batch right = table_.read(rights_);
  table::Batch lonely{columns_.schema, {}, right.rows, right.origin};
  for (const table::Field& field : columns_.left->fields())
    lonely.columns.push_back(missing_column(field.type, right.rows));
  for (size_t i = 0; i < columns_.left_keys.size(); ++i)
    lonely.columns[columns_.left_keys[i]] = right.columns[columns_.right_keys[i]];
  append_added(lonely, right);
  rights_.clear();
  return flow.emit(std::move(lonely));
}

void Joiner::append_added(table::Batch& joined, const table::Batch& right) const {
  for (const size_t column : columns_.added) joined.columns.push_back(right.columns[column]);
}

}  // namespace aml::prep
