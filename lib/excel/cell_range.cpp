#include "excel/cell_range.h"

#include <algorithm>

namespace aml::excel {
namespace {

// Takes "$AB" off the front; nothing when there is no column within the limits.
std::optional<uint32_t> take_column(std::string_view& text) {
  if (text.starts_with('$')) text.remove_prefix(1);
  uint32_t column = 0;
  size_t letters = 0;
  for (; letters < text.size(); ++letters) {
    const char letter = static_cast<char>(text[letters] & ~0x20);
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + static_cast<uint32_t>(letter - 'A') + 1;
    if (column > kColumnsMax) return std::nullopt;
  }
  if (letters == 0) return std::nullopt;
  text.remove_prefix(letters);
  return column - 1;
}

std::optional<uint32_t> take_row(std::string_view& text) {
  if (text.starts_with('$')) text.remove_prefix(1);
  uint32_t row = 0;
  size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    row = row * 10 + static_cast<uint32_t>(text[digits] - '0');
    if (row > kRowsMax) return std::nullopt;
  }
  if (row == 0) return std::nullopt;
  text.remove_prefix(digits);
  return row - 1;
}

}  // namespace

std::optional<CellPlace> parse_cell_place(std::string_view text) {
  const auto column = take_column(text);
  const auto row = column ? take_row(text) : std::nullopt;
  if (!row || !text.empty()) return std::nullopt;
  return CellPlace{*row, *column};
}

std::optional<CellRange> parse_cell_range(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    const auto place = parse_cell_place(text);
    return place ? std::optional(CellRange{*place}) : std::nullopt;
  }
  std::string_view begin = text.substr(0, colon);
  std::string_view end = text.substr(colon + 1);
  const auto first_column = take_column(begin);
  const auto last_column = take_column(end);
  if (!first_column || !last_column) return std::nullopt;
  const auto first_row = begin.empty() ? std::optional(0u) : take_row(begin);
  const auto last_row = end.empty() ? std::optional(kRowsMax - 1) : take_row(end);
  if (!first_row || !last_row || !begin.empty() || !end.empty()) return std::nullopt;
  return CellRange{{std::min(*first_row, *last_row), std::min(*first_column, *last_column)},
                   {std::max(*first_row, *last_row), std::max(*first_column, *last_column)}};
}

std::string column_letters(uint32_t column) {
  std::string letters;
  for (uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

}  // namespace aml::excel
