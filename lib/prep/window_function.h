// What the step `window` computes for each row from the rows before it in its group: one WindowFunction per new
// column, fed with batches in order. lead is lag over the rows in the opposite order.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table/column.h"

namespace aml::prep {

class WindowFunction {
 public:
  virtual ~WindowFunction() = default;

  // The results for the rows of a batch. `groups` has the group of each row, below `group_count`, which never falls;
  // `is_tie` says which rows are equal in order to the one before them in their group (only for those that rank).
  virtual table::ColumnPtr add(const table::Column& column, std::span<const uint32_t> groups, size_t group_count,
                               std::span<const uint8_t> is_tie) = 0;
  virtual uint64_t bytes() const = 0;  // held in memory
};

struct WindowKind {
  std::string_view name;
  enum class Takes : uint8_t { nothing, any_column, number, number_or_time } takes;
  bool needs_order;
  bool looks_ahead;
  uint64_t rows;  // when none are given: for lag and lead how far, else how many, 0 for all from the first
  table::ColumnType (*result)(table::ColumnType);  // of a column of that type
  std::unique_ptr<WindowFunction> (*make)(table::ColumnType, uint64_t rows);
};

inline constexpr uint64_t kWindowRowsMax = 10'000;

const WindowKind* find_window(std::string_view name);
std::vector<std::string> window_names();

}  // namespace aml::prep
