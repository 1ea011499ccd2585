#include "table/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/bytes.h"

namespace aml::table {
namespace {

// Ends a batch early when its lines are long, so that memory stays bounded.
constexpr size_t kBatchBytesMax = size_t{8} << 20;

}  // namespace

Result<std::unique_ptr<Reader>> JsonReader::open(std::unique_ptr<JsonRecords> records, std::string name,
                                                 const ReadOptions& options, const Cancel* cancel) {
  std::unique_ptr<JsonReader> reader(new JsonReader(std::move(records), std::move(name), options, cancel));
  auto batch = TRY(reader->read_batch());
  if (!batch)
    return Error{ErrorKind::bad_data, fmt::format("'{}' is empty", *reader->name_),
                 "each row of a table is a JSON object"};
  if (reader->keys_.empty())
    return Error{ErrorKind::bad_data, fmt::format("'{}' has no columns: its objects are empty", *reader->name_)};
  std::vector<Field> fields;
  for (const std::string& key : reader->keys_) fields.push_back({key, ColumnType::text});
  reader->schema_ = std::make_shared<const Schema>(std::move(fields));
  batch->schema = reader->schema_;
  reader->first_batch_ = std::move(batch);
  return std::unique_ptr<Reader>(std::move(reader));
}

Result<std::optional<Batch>> JsonReader::next() {
  if (first_batch_) return std::exchange(first_batch_, std::nullopt);
  return read_batch();
}

Result<std::optional<Batch>> JsonReader::read_batch() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  for (OpenColumn& column : columns_) column.builder.reserve(options_.batch_rows);
  std::vector<uint64_t> lines;
  for (size_t bytes = 0; lines.size() < options_.batch_rows && bytes < kBatchBytesMax;) {
    const auto record = TRY(records_->next());
    if (!record) break;
    bytes += record->size() + 1;
    TRY(append_object(*record, lines.size()));
    lines.push_back(records_->line());
  }
  if (lines.empty()) return std::optional<Batch>();
  Batch batch{schema_, {}, lines.size(), {name_, nullptr}};
  for (OpenColumn& column : columns_) {
    batch.columns.push_back(column.builder.finish());
    column.pinned = nullptr;
  }
  batch.origin.lines = std::make_shared<const std::vector<uint64_t>>(std::move(lines));
  return std::optional<Batch>(std::move(batch));
}

Status JsonReader::append_object(std::string_view text, size_t row) {
  expected_column_ = 0;
  TRY(append_members(text, "", row));
  for (OpenColumn& column : columns_)
    if (column.builder.rows() == row) column.builder.append_missing();
  return {};
}

// `prefix` is put before the keys: empty, or ending in a point. As deep as parse_json goes, which has read the object.
Status JsonReader::append_members(std::string_view text, const std::string& prefix, size_t row) {
  for (const JsonMember& member : TRY(split_json_object(text, {*name_, records_->line()}))) {
    const bool is_plain_key = prefix.empty() && !member.is_key_encoded;
    std::string built;
    if (!is_plain_key)
      built = prefix +
              (member.is_key_encoded ? decode_json_string(fmt::format("\"{}\"", member.key)) : std::string(member.key));
    const std::string_view key = is_plain_key ? member.key : std::string_view(built);
    const bool is_object = member.kind == JsonMember::Kind::other && member.value.starts_with('{');
    if (options_.flattens && is_object && member.value.find('"') != std::string_view::npos) {
      TRY(append_members(member.value, std::string(key) + ".", row));
      continue;
    }
    const size_t index = TRY(column_of(key, row));
    if (columns_[index].builder.rows() > row)
      return Error{ErrorKind::bad_data,
                   fmt::format("{}:{}: key '{}' stands twice", *name_, records_->line(), keys_[index])};
    append_value(member, columns_[index]);
  }
  return {};
}

Result<size_t> JsonReader::column_of(std::string_view key, size_t row) {
  const size_t guess = expected_column_++;
  if (guess < keys_.size() && keys_[guess] == key) return guess;
  if (const auto found = column_of_key_.find(key); found != column_of_key_.end()) {
    expected_column_ = found->second + 1;
    return found->second;
  }
  if (schema_ != nullptr)
    return Error{ErrorKind::bad_data,
                 fmt::format("{}:{}: key '{}' did not occur in the first {} rows", *name_, records_->line(), key,
                             options_.batch_rows),
                 "name every key in the first object, with null where it has no value"};
  column_of_key_.emplace(key, keys_.size());
  keys_.emplace_back(key);
  OpenColumn& column = columns_.emplace_back();
  column.builder.reserve(options_.batch_rows);
  for (size_t i = 0; i < row; ++i) column.builder.append_missing();
  return keys_.size() - 1;
}

void JsonReader::append_value(const JsonMember& member, OpenColumn& column) {
  const bool is_text = member.kind == JsonMember::Kind::text || member.kind == JsonMember::Kind::encoded_text;
  const std::string decoded =
      member.kind == JsonMember::Kind::encoded_text ? decode_json_string(member.value) : std::string();
  const std::string_view value = member.kind == JsonMember::Kind::encoded_text ? decoded : member.value;
  const bool is_missing_word =
      is_text && std::find(options_.missing.begin(), options_.missing.end(), value) != options_.missing.end();
  if (member.kind == JsonMember::Kind::null || is_missing_word) {
    column.builder.append_missing();
  } else if (member.kind == JsonMember::Kind::encoded_text) {
    column.builder.append_owned_text(decoded);
  } else {
    column.builder.append_text(TextView(value));
    if (value.size() <= TextView::kInlineMax || column.pinned == records_->block().get()) return;
    column.builder.pin(records_->block());
    column.pinned = records_->block().get();
  }
}

}  // namespace aml::table
