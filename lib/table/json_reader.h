// The objects of a JSON input as batches: one column per key. A nested value keeps its JSON text, or its members become
// columns of their own ("a.b", ReadOptions::flattens); a number keeps its digits; null and an absent key are missing.
// The columns are the keys of the first batch, in the order seen.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "table/json_line.h"
#include "table/json_records.h"
#include "table/reader.h"

namespace aml::table {

class JsonReader final : public Reader {
 public:
  // Reads the first batch.
  static Result<std::unique_ptr<Reader>> open(std::unique_ptr<JsonRecords> records, std::string name,
                                              const ReadOptions& options, const Cancel* cancel);

  const SchemaPtr& schema() const override { return schema_; }
  Result<std::optional<Batch>> next() override;

 private:
  struct KeyHash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
  };
  struct OpenColumn {
    ColumnBuilder builder{ColumnType::text};
    const std::string* pinned = nullptr;  // the last block given to the builder
  };

  JsonReader(std::unique_ptr<JsonRecords> records, std::string name, const ReadOptions& options, const Cancel* cancel)
      : records_(std::move(records)),
        name_(std::make_shared<const std::string>(std::move(name))),
        options_(options),
        cancel_(cancel) {}
  Result<std::optional<Batch>> read_batch();
  Status append_object(std::string_view text, size_t row);
  Status append_members(std::string_view text, const std::string& prefix, size_t row);
  Result<size_t> column_of(std::string_view key, size_t row);
  void append_value(const JsonMember& member, OpenColumn& column);

  std::unique_ptr<JsonRecords> records_;
  std::shared_ptr<const std::string> name_;
  ReadOptions options_;
  const Cancel* cancel_;
  std::vector<std::string> keys_;
  std::unordered_map<std::string, size_t, KeyHash, std::equal_to<>> column_of_key_;
  std::vector<OpenColumn> columns_;
  size_t expected_column_ = 0;  // objects tend to have their keys in one order
  SchemaPtr schema_;            // null while the first batch is read
  std::optional<Batch> first_batch_;
};

}  // namespace aml::table
