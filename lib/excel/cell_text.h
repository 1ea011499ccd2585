// A cell as text: its value in a form that reads back, or what Excel displays.
#pragma once

#include <string>
#include <string_view>

#include "excel/workbook.h"

namespace aml::excel {

enum class CellForm : uint8_t {
  value,      // numbers shortest, dates ISO 8601, booleans true and false
  displayed,  // as the cell's format renders it
};

// A view of the cell's own text, or of `scratch`.
std::string_view cell_text(const Cell& cell, const Workbook& workbook, CellForm form, std::string& scratch);

}  // namespace aml::excel
