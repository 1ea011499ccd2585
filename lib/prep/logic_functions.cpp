#include "prep/functions.h"

namespace aml::prep {
namespace {

using enum table::ColumnType;
using Text = std::string_view;

// The other families are strict: a missing or failed argument decides the cell. These are not.

// and, or: `decisive` decides whatever the other side is (false and x is false); else an error wins over missing.
template <bool decisive>
Vector connect(Arguments arguments, size_t rows, table::ColumnType type) {
  const Vector &a = *arguments[0], &b = *arguments[1];
  Cells cells(rows);
  cells.booleans.assign(rows, decisive ? 1 : 0);
  for (size_t row = 0; row < rows; ++row) {
    const bool a_valid = a.is_valid(row), b_valid = b.is_valid(row);
    const bool a_decides = a_valid && (a.booleans[row] != 0) == decisive;
    const bool b_decides = b_valid && (b.booleans[row] != 0) == decisive;
    if (a_decides || b_decides) {
      kernel::set_bit(cells.valid, row);
    } else if (a_valid && b_valid) {
      kernel::set_bit(cells.valid, row);
      cells.booleans[row] = decisive ? 0 : 1;
    }
  }
  std::vector<FailedCell> failed = a.failed;
  merge_failed(failed, b.failed);
  std::erase_if(failed, [&](const FailedCell& cell) { return kernel::test_bit(cells.valid, cell.row); });
  cells.failed = std::move(failed);
  cells.pin_all(a.pins);
  cells.pin_all(b.pins);
  return make_vector(type, std::move(cells));
}

bool negation(bool a) { return !a; }

constexpr uint8_t kNeither = 2;

// Row by row the cell of arguments[choice[row]], with its state; kNeither leaves a cell missing.
template <class T>
void pick(Cells& cells, const Vector& a, const Vector& b, std::span<const uint8_t> choice) {
  auto& out = [&]() -> auto& {
    if constexpr (std::is_same_v<T, Text>) return cells.texts;
    else return CellAccess<T>::storage(cells);
  }
  ();
  out.resize(cells.rows);
  const auto a_values = CellAccess<T>::values(a), b_values = CellAccess<T>::values(b);
  for (size_t row = 0; row < cells.rows; ++row) {
    if (choice[row] == kNeither) continue;
    if (!(choice[row] == 0 ? a : b).is_valid(row)) continue;
    kernel::set_bit(cells.valid, row);
    out[row] = choice[row] == 0 ? a_values[row] : b_values[row];
  }
}

Vector pick_cells(const Vector& a, const Vector& b, std::span<const uint8_t> choice, std::vector<FailedCell> failed,
                  table::ColumnType type) {
  Cells cells(choice.size());
  switch (type) {
    case text: pick<Text>(cells, a, b, choice); break;
    case boolean: pick<bool>(cells, a, b, choice); break;
    case float64: pick<double>(cells, a, b, choice); break;
    default: pick<int64_t>(cells, a, b, choice); break;
  }
  std::vector<FailedCell> picked;
  for (const FailedCell& cell : a.failed)
    if (choice[cell.row] == 0) picked.push_back(cell);
  merge_failed(failed, picked);
  picked.clear();
  for (const FailedCell& cell : b.failed)
    if (choice[cell.row] == 1) picked.push_back(cell);
  merge_failed(failed, picked);
  cells.failed = std::move(failed);
  cells.pin_all(a.pins);
  cells.pin_all(b.pins);
  return make_vector(type, std::move(cells));
}

// A missing condition gives missing, not the second branch: nobody knows which one it should be.
Vector choose(Arguments arguments, size_t rows, table::ColumnType type) {
  const Vector& condition = *arguments[0];
  std::vector<uint8_t> choice(rows, kNeither);
  kernel::for_each_bit(condition.valid, [&](size_t row) {
    if (row < rows) choice[row] = condition.booleans[row] != 0 ? 0 : 1;
  });
  Vector picked = pick_cells(*arguments[1], *arguments[2], choice, condition.failed, type);
  for (const table::Bytes& block : condition.pins) picked.pins.push_back(block);
  return picked;
}

// The first value that is not missing; an error is not missing.
Vector coalesce(Arguments arguments, size_t rows, table::ColumnType type) {
  const Vector& first = *arguments[0];
  std::vector<uint8_t> choice(rows, 1);
  kernel::for_each_bit(first.valid, [&](size_t row) {
    if (row < rows) choice[row] = 0;
  });
  for (const FailedCell& cell : first.failed) choice[cell.row] = 0;
  return pick_cells(first, *arguments[1], choice, {}, type);
}

Vector answers(std::vector<uint8_t> booleans, table::ColumnType type) {
  Cells cells(booleans.size());
  if (cells.rows != 0) kernel::set_bits(cells.valid, cells.rows);
  cells.booleans = std::move(booleans);
  return make_vector(type, std::move(cells));
}

Vector is_missing(Arguments arguments, size_t rows, table::ColumnType type) {
  std::vector<uint8_t> booleans(rows);
  for (size_t row = 0; row < rows; ++row) booleans[row] = arguments[0]->is_valid(row) ? 0 : 1;
  for (const FailedCell& cell : arguments[0]->failed) booleans[cell.row] = 0;
  return answers(std::move(booleans), type);
}

Vector is_error(Arguments arguments, size_t rows, table::ColumnType type) {
  std::vector<uint8_t> booleans(rows);
  for (const FailedCell& cell : arguments[0]->failed) booleans[cell.row] = 1;
  return answers(std::move(booleans), type);
}

constexpr Function kFunctions[] = {
    define("and", boolean, &connect<false>, boolean, boolean),
    define("or", boolean, &connect<true>, boolean, boolean),
    define("not", boolean, total<negation>, boolean),
    define("if", int64, &choose, boolean, int64, int64),
    define("if", float64, &choose, boolean, float64, float64),
    define("if", text, &choose, boolean, text, text),
    define("if", boolean, &choose, boolean, boolean, boolean),
    define("if", date, &choose, boolean, date, date),
    define("if", timestamp, &choose, boolean, timestamp, timestamp),
    define_folding("coalesce", int64, &coalesce, int64, int64),
    define_folding("coalesce", float64, &coalesce, float64, float64),
    define_folding("coalesce", text, &coalesce, text, text),
    define_folding("coalesce", boolean, &coalesce, boolean, boolean),
    define_folding("coalesce", date, &coalesce, date, date),
    define_folding("coalesce", timestamp, &coalesce, timestamp, timestamp),
    define("is_missing", boolean, &is_missing, text),
    define("is_missing", boolean, &is_missing, boolean),
    define("is_missing", boolean, &is_missing, int64),
    define("is_missing", boolean, &is_missing, float64),
    define("is_missing", boolean, &is_missing, date),
    define("is_missing", boolean, &is_missing, timestamp),
    define("is_error", boolean, &is_error, text),
    define("is_error", boolean, &is_error, boolean),
    define("is_error", boolean, &is_error, int64),
    define("is_error", boolean, &is_error, float64),
    define("is_error", boolean, &is_error, date),
    define("is_error", boolean, &is_error, timestamp),
};

}  // namespace

std::span<const Function> logic_functions() { return kFunctions; }

}  // namespace aml::prep
