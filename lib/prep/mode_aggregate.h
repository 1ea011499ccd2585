// The most frequent value of each group; the smallest of equally frequent ones, so that no order of rows matters.
#pragma once

#include "prep/aggregate.h"
#include "prep/group_rows.h"

namespace aml::prep {

class ModeAggregate final : public Aggregate {
 public:
  explicit ModeAggregate(table::ColumnType type);

  void add(const table::Column& column, std::span<const uint32_t> groups, size_t group_count) override;
  table::ColumnPtr results(size_t begin, size_t end) override;
  uint64_t bytes() const override;

 private:
  struct Value {
    uint32_t group = 0;
    uint64_t count = 0;
  };
  struct Best {
    uint64_t count = 0;
    uint32_t value = 0;
  };
  void find_best();

  table::SchemaPtr schema_;  // the group and the value
  KeyEncoder encoder_;
  BatchKeys keys_;
  KeyTable table_;
  HeldRows rows_;
  std::vector<std::string> texts_;  // the keys, for the order of equally frequent values
  uint64_t text_bytes_ = 0;
  std::vector<Value> values_;
  std::vector<Best> best_;  // of each group, once results are asked for
};

}  // namespace aml::prep
