#include "prep/expression_kernel.h"

namespace aml::prep {

void merge_failed(std::vector<FailedCell>& into, const std::vector<FailedCell>& other) {
  if (other.empty()) return;
  const auto by_row = [](const FailedCell& a, const FailedCell& b) { return a.row < b.row; };
  const auto same_row = [](const FailedCell& a, const FailedCell& b) { return a.row == b.row; };
  const auto middle = static_cast<std::ptrdiff_t>(into.size());
  into.insert(into.end(), other.begin(), other.end());
  std::inplace_merge(into.begin(), into.begin() + middle, into.end(), by_row);  // stable: the earlier one stays first
  into.erase(std::unique(into.begin(), into.end(), same_row), into.end());
}

Cells start_strict(Arguments arguments, size_t rows) {
  Cells cells(rows);
  if (rows != 0) kernel::set_bits(cells.valid, rows);
  for (const Vector* argument : arguments) {
    AML_CHECK(argument->rows == rows);
    kernel::and_bits(cells.valid, argument->valid);
    merge_failed(cells.failed, argument->failed);
    cells.pin_all(argument->pins);
  }
  return cells;
}

}  // namespace aml::prep
