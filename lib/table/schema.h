// Names and types of a table's columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace aml::table {

enum class ColumnType : uint8_t {
  text,     // UTF-8 or any bytes, as read
  boolean,  // 0 or 1
  int64,
  float64,
  date,       // days since 1970-01-01
  timestamp,  // nanoseconds since 1970-01-01 UTC
};

std::string_view name_of(ColumnType type);  // "text", "boolean", "integer", "number", "date", "timestamp"
std::optional<ColumnType> parse_column_type(std::string_view name);  // the same names
std::vector<std::string> column_type_names();
inline bool is_numeric(ColumnType type) { return type == ColumnType::int64 || type == ColumnType::float64; }

struct Field {
  std::string name;
  ColumnType type = ColumnType::text;
  bool operator==(const Field&) const = default;
};

class Schema {
 public:
  Schema() = default;
  explicit Schema(std::vector<Field> fields) : fields_(std::move(fields)) {}

  size_t size() const { return fields_.size(); }
  const Field& operator[](size_t index) const { return fields_[index]; }
  const std::vector<Field>& fields() const { return fields_; }
  std::vector<std::string> names() const;
  std::optional<size_t> find(std::string_view name) const;  // the first of that name

  // Like find, but an error that names `where` and the nearest column when there is none.
  Result<size_t> require(std::string_view name, std::string_view where) const;
  bool operator==(const Schema&) const = default;

 private:
  std::vector<Field> fields_;
};

using SchemaPtr = std::shared_ptr<const Schema>;  // shared by all batches of one stream

}  // namespace aml::table
