// error_reason, error_text, if_error and null_if: what a cell that has no value says, and what is put in its place.
#include <algorithm>

#include "prep/functions.h"

namespace aml::prep {
namespace {

using enum table::ColumnType;
using Text = std::string_view;

// "not_a_number" where the cell is an error, else missing.
Vector error_reason(Arguments arguments, size_t rows, table::ColumnType type) {
  Cells cells(rows);
  cells.texts.resize(rows);
  TextBlocks blocks;
  for (const FailedCell& cell : arguments[0]->failed) {
    cells.texts[cell.row] = blocks.copy(table::name_of(cell.problem));
    kernel::set_bit(cells.valid, cell.row);
  }
  cells.pin_all(blocks.take_pins());
  return make_vector(type, std::move(cells));
}

// The text that failed; missing where the cell is no error, or was computed and has none.
Vector error_text(Arguments arguments, size_t rows, table::ColumnType type) {
  Cells cells(rows);
  cells.texts.resize(rows);
  for (const FailedCell& cell : arguments[0]->failed) {
    if (cell.text.empty()) continue;
    cells.texts[cell.row] = cell.text;
    kernel::set_bit(cells.valid, cell.row);
  }
  cells.pin_all(arguments[0]->pins);
  return make_vector(type, std::move(cells));
}

template <class T>
auto& storage_of(Cells& cells) {
  if constexpr (std::is_same_v<T, Text>) return cells.texts;
  else return CellAccess<T>::storage(cells);
}

// A copy of `a` that may be changed.
template <class T>
Cells copy_cells(const Vector& a, size_t rows) {
  Cells cells(rows);
  const auto values = CellAccess<T>::values(a).first(rows);
  storage_of<T>(cells).assign(values.begin(), values.end());
  std::copy_n(a.valid.begin(), cells.valid.size(), cells.valid.begin());
  cells.failed = a.failed;
  cells.pin_all(a.pins);
  return cells;
}

// The second value where the first is an error; a missing first stays missing.
template <class T>
Vector if_error(Arguments arguments, size_t rows, table::ColumnType type) {
  const Vector &a = *arguments[0], &b = *arguments[1];
  Cells cells = copy_cells<T>(a, rows);
  cells.failed.clear();
  cells.pin_all(b.pins);
  auto failed = b.failed.begin();
  for (const FailedCell& cell : a.failed) {
    if (b.is_valid(cell.row)) {
      kernel::set_bit(cells.valid, cell.row);
      storage_of<T>(cells)[cell.row] = CellAccess<T>::values(b)[cell.row];
      continue;
    }
    while (failed != b.failed.end() && failed->row < cell.row) ++failed;
    if (failed != b.failed.end() && failed->row == cell.row) cells.failed.push_back(*failed);
  }
  return make_vector(type, std::move(cells));
}

// The first value, missing where it equals the second.
template <class T>
Vector null_if(Arguments arguments, size_t rows, table::ColumnType type) {
  const Vector &a = *arguments[0], &b = *arguments[1];
  Cells cells = copy_cells<T>(a, rows);
  const auto a_values = CellAccess<T>::values(a), b_values = CellAccess<T>::values(b);
  for (size_t row = 0; row < rows; ++row) {
    const bool is_equal =
        a.is_valid(row) && b.is_valid(row) && CellAccess<T>::get(a_values[row]) == CellAccess<T>::get(b_values[row]);
    if (is_equal) kernel::clear_bit(cells.valid, row);
  }
  return make_vector(type, std::move(cells));
}

constexpr std::array<Function, 6> for_each_type(std::string_view name, Kernel kernel) {
  return {define(name, text, kernel, text),  define(name, text, kernel, boolean),
          define(name, text, kernel, int64), define(name, text, kernel, float64),
          define(name, text, kernel, date),  define(name, text, kernel, timestamp)};
}

constexpr std::array<Function, 6> for_pairs(std::string_view name, Kernel texts, Kernel booleans, Kernel ints,
                                            Kernel doubles) {
  return {define(name, text, texts, text, text),   define(name, boolean, booleans, boolean, boolean),
          define(name, int64, ints, int64, int64), define(name, float64, doubles, float64, float64),
          define(name, date, ints, date, date),    define(name, timestamp, ints, timestamp, timestamp)};
}

constexpr auto kFunctions =
    join_functions(for_each_type("error_reason", &error_reason), for_each_type("error_text", &error_text),
                   for_pairs("if_error", &if_error<Text>, &if_error<bool>, &if_error<int64_t>, &if_error<double>),
                   for_pairs("null_if", &null_if<Text>, &null_if<bool>, &null_if<int64_t>, &null_if<double>));

}  // namespace

std::span<const Function> error_functions() { return kFunctions; }

}  // namespace aml::prep
