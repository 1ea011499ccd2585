// One sheet as a table: text columns, the first row that holds something as names. Rows and columns that hold
// nothing are no part of it. An Excel error (#DIV/0!) becomes an error cell that keeps its text. What of a merged
// cell is not its first place is empty, as Excel has it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "excel/cell_text.h"
#include "excel/workbook.h"
#include "table/reader.h"

namespace aml::excel {

struct SheetChoice {
  std::optional<std::string> sheet = {};  // name, or place from 1; else the first that is visible and has cells
  std::optional<CellRange> range = {};    // else all that is used
  CellForm form = CellForm::value;
};

// Which sheet is meant.
Result<size_t> find_sheet(const Workbook& workbook, const std::optional<std::string>& wanted);

// Of `options`, has_header, missing and batch_rows speak of cells. `cancel` may be null.
Result<std::unique_ptr<table::Reader>> open_sheet_reader(std::shared_ptr<const Workbook> workbook,
                                                         const SheetChoice& choice, const table::ReadOptions& options,
                                                         const Cancel* cancel);

}  // namespace aml::excel
