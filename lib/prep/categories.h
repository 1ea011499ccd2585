// The different values of a column, in the order of their type: learned from rows, written under `values`, and looked
// up again.
#pragma once

#include "prep/group_rows.h"
#include "text/json.h"

namespace aml::prep {

// Gathers them. Missing cells and errors are none.
class CategoryFit {
 public:
  explicit CategoryFit(table::ColumnType type);

  void add(const table::ColumnPtr& column);
  size_t count() const { return table_.size(); }
  uint64_t bytes() const { return table_.bytes() + rows_.bytes() + key_bytes_; }
  text::Json finish() const;  // a list

 private:
  table::SchemaPtr schema_;
  BatchKeys keys_;
  KeyTable table_;
  HeldRows rows_;
  std::vector<std::string> order_;  // the keys, which compare as the values do
  uint64_t key_bytes_ = 0;
};

// Knows their numbers, from 0, and their texts.
class Categories {
 public:
  // The error has no place; `what` is its subject.
  static Result<Categories> read(const text::Json& values, table::ColumnType type, std::string_view what);

  size_t count() const { return names_.size(); }
  const std::string& name(size_t category) const { return names_[category]; }

  static constexpr uint32_t kNone = UINT32_MAX;
  // Of each row; kNone where the cell is not valid or no category.
  std::vector<uint32_t> find(const table::ColumnPtr& column) const;

 private:
  KeyTable table_;
  std::vector<std::string> names_;
};

}  // namespace aml::prep
