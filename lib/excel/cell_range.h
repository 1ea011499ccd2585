// Places in a sheet: "B5", "A1:F100", "B:D".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml::excel {

// The limits of Excel since 2007.
inline constexpr uint32_t kRowsMax = 1048576;
inline constexpr uint32_t kColumnsMax = 16384;

struct CellPlace {
  uint32_t row = 0;  // both from 0
  uint32_t column = 0;
};

struct CellRange {
  CellPlace first;
  CellPlace last = {kRowsMax - 1, kColumnsMax - 1};  // inclusive
};

// "B5", with or without "$".
std::optional<CellPlace> parse_cell_place(std::string_view text);
// "A1:F100"; whole columns "B:D"; a single cell, from which the range reaches to the end.
std::optional<CellRange> parse_cell_range(std::string_view text);
std::string column_letters(uint32_t column);  // 0 is "A"

}  // namespace aml::excel
