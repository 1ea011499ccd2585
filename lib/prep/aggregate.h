// What summarize computes for each group: one Aggregate per new column, fed with whole columns and the group of each
// row. Missing cells and errors are left out everywhere.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table/column.h"

namespace aml::prep {

class Aggregate {
 public:
  virtual ~Aggregate() = default;

  // `groups` has the group of each row, below `group_count`, which never falls.
  virtual void add(const table::Column& column, std::span<const uint32_t> groups, size_t group_count) = 0;

  // The results of groups begin … end - 1; those that were never seen have no values.
  virtual table::ColumnPtr results(size_t begin, size_t end) = 0;

  virtual uint64_t bytes() const = 0;  // held in memory
};

// One function of summarize.
struct AggregateKind {
  std::string_view name;
  bool needs_number;
  bool takes_share;                                // a second argument from 0 to 1
  table::ColumnType (*result)(table::ColumnType);  // of a column of that type
  std::unique_ptr<Aggregate> (*make)(table::ColumnType, double share);
};

const AggregateKind* find_aggregate(std::string_view name);
std::vector<std::string> aggregate_names();

}  // namespace aml::prep
