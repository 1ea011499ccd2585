#include "table/jsonl_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/bytes.h"

namespace aml::table {
namespace {

// Ends a batch early when its lines are long, so that memory stays bounded.
constexpr size_t kBatchBytesMax = size_t{8} << 20;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

Result<std::unique_ptr<Reader>> JsonlReader::open(BlockStream stream, std::string name, const ReadOptions& options,
                                                  const Cancel* cancel) {
  std::unique_ptr<JsonlReader> reader(new JsonlReader(std::move(stream), std::move(name), options, cancel));
  auto batch = TRY(reader->read_batch());
  if (!batch)
    return Error{ErrorKind::bad_data, fmt::format("'{}' is empty", *reader->name_),
                 "JSON Lines has one object per line"};
  if (reader->keys_.empty())
    return Error{ErrorKind::bad_data, fmt::format("'{}' has no columns: its objects are empty", *reader->name_)};
  std::vector<Field> fields;
  for (const std::string& key : reader->keys_) fields.push_back({key, ColumnType::text});
  reader->schema_ = std::make_shared<const Schema>(std::move(fields));
  batch->schema = reader->schema_;
  reader->first_batch_ = std::move(batch);
  return std::unique_ptr<Reader>(std::move(reader));
}

Result<std::optional<Batch>> JsonlReader::next() {
  if (first_batch_) return std::exchange(first_batch_, std::nullopt);
  return read_batch();
}

Result<std::optional<Batch>> JsonlReader::read_batch() {
  if (cancel_ != nullptr) TRY(cancel_->check());
  for (OpenColumn& column : columns_) column.builder.reserve(options_.batch_rows);
  std::vector<uint64_t> lines;
  for (size_t bytes = 0; lines.size() < options_.batch_rows && bytes < kBatchBytesMax;) {
    const auto line = TRY(next_line());
    if (!line) break;
    bytes += line->size() + 1;
    if (!is_blank(*line)) {
      TRY(append_object(*line, lines.size()));
      lines.push_back(line_);
    }
    stream_.consume(std::min(line->size() + 1, stream_.unread().size()));
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

// The next line, which stays in unread() until consumed; nothing at the end.
Result<std::optional<std::string_view>> JsonlReader::next_line() {
  ++line_;
  for (size_t searched = 0;;) {
    const std::string_view text = stream_.unread();
    const size_t end = text.find('\n', searched);
    if (std::min(end, text.size()) > options_.record_bytes_max)
      return Error{ErrorKind::bad_data, fmt::format("{}:{}: the record is longer than {}", *name_, line_,
                                                    format_size(options_.record_bytes_max))};
    if (end != std::string_view::npos) return std::optional(text.substr(0, end));
    if (stream_.at_end()) return text.empty() ? std::nullopt : std::optional(text);
    searched = text.size();
    TRY(stream_.fill());
  }
}

Status JsonlReader::append_object(std::string_view line, size_t row) {
  const auto members = TRY(split_json_object(line, {*name_, line_}));
  expected_column_ = 0;
  for (const JsonMember& member : members) {
    const size_t index = TRY(column_of(member, row));
    if (columns_[index].builder.rows() > row)
      return Error{ErrorKind::bad_data, fmt::format("{}:{}: key '{}' stands twice", *name_, line_, keys_[index])};
    append_value(member, columns_[index]);
  }
  for (OpenColumn& column : columns_)
    if (column.builder.rows() == row) column.builder.append_missing();
  return {};
}

Result<size_t> JsonlReader::column_of(const JsonMember& member, size_t row) {
  const std::string decoded =
      member.is_key_encoded ? decode_json_string(fmt::format("\"{}\"", member.key)) : std::string();
  const std::string_view key = member.is_key_encoded ? std::string_view(decoded) : member.key;
  const size_t guess = expected_column_++;
  if (guess < keys_.size() && keys_[guess] == key) return guess;
  if (const auto found = column_of_key_.find(key); found != column_of_key_.end()) {
    expected_column_ = found->second + 1;
    return found->second;
  }
  if (schema_ != nullptr)
    return Error{
        ErrorKind::bad_data,
        fmt::format("{}:{}: key '{}' did not occur in the first {} rows", *name_, line_, key, options_.batch_rows),
        "name every key in the first object, with null where it has no value"};
  column_of_key_.emplace(key, keys_.size());
  keys_.emplace_back(key);
  OpenColumn& column = columns_.emplace_back();
  column.builder.reserve(options_.batch_rows);
  for (size_t i = 0; i < row; ++i) column.builder.append_missing();
  return keys_.size() - 1;
}

void JsonlReader::append_value(const JsonMember& member, OpenColumn& column) {
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
    if (value.size() <= TextView::kInlineMax || column.pinned == stream_.block().get()) return;
    column.builder.pin(stream_.block());
    column.pinned = stream_.block().get();
  }
}

}  // namespace aml::table
