// One column of a result, collected as the buffers of an Arrow array. Every value comes as the driver's text, so that
// what a data base keeps beyond its declared types (SQLite may) is noticed and not made a zero.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugin/arrow_c.h"

namespace aml_odbc {

enum class Kind : uint8_t { whole, real, text };

class Column {
 public:
  Column(std::string name, Kind kind) : name_(std::move(name)), kind_(kind) {}

  const std::string& name() const { return name_; }
  const char* format() const { return kind_ == Kind::whole ? "l" : kind_ == Kind::real ? "g" : "u"; }
  int64_t rows() const { return rows_; }
  size_t bytes() const { return values_.size(); }

  void append_null();
  bool append(const std::string& value);  // false when it is not of the column's kind
  // The rows so far as an array; the column is empty afterwards.
  ArrowArray take();

 private:
  void mark(bool is_valid);

  std::string name_;
  Kind kind_;
  int64_t rows_ = 0;
  int64_t nulls_ = 0;
  std::vector<uint8_t> validity_;
  std::vector<int32_t> offsets_ = {0};  // of texts
  std::vector<uint8_t> values_;
};

}  // namespace aml_odbc
