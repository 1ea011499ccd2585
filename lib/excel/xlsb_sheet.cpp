#include "excel/xlsb_sheet.h"

#include <fmt/format.h>

#include "excel/biff.h"

namespace aml::excel {
namespace {

constexpr size_t kCellHeaderBytes = 8;  // column, style in 24 bits, flags

}  // namespace

Result<std::optional<Cell>> XlsbSheet::next() {
  while (!is_done_) {
    const auto record = TRY(reader_.next());
    if (!record || record->type == xlsb::kSheetDataEnd) {
      is_done_ = true;
      TRY(reader_.finish());
    } else if (record->type == xlsb::kSheetDataBegin) {
      is_in_data_ = true;
    } else if (is_in_data_ && record->type == xlsb::kRow) {
      TRY(start_row(*record));
    } else if (is_in_data_ && TRY(read_cell(*record))) {
      return std::optional(cell_);
    }
  }
  return std::optional<Cell>();
}

Status XlsbSheet::start_row(const XlsbRecord& record) {
  const auto row = record.number<uint32_t>(0);
  if (row >= kRowsMax) return reader_.fail(fmt::format("row {} is beyond {}", row, kRowsMax));
  if (row_ && row <= *row_) return reader_.fail(fmt::format("row {} stands behind row {}", row + 1, *row_ + 1));
  row_ = row;
  return {};
}

// Whether the record is a cell that holds something.
Result<bool> XlsbSheet::read_cell(const XlsbRecord& record) {
  const bool is_cell =
      (record.type >= xlsb::kCellRk && record.type <= xlsb::kFormulaError) || record.type == xlsb::kCellRich;
  if (!is_cell || !row_) return false;
  cell_ = Cell();
  cell_.place = {*row_, record.number<uint32_t>(0)};
  if (cell_.place.column >= kColumnsMax) return reader_.fail(fmt::format("more than {} columns", kColumnsMax));
  cell_.style = record.number<uint32_t>(4) & 0xffffff;
  switch (record.type) {
    case xlsb::kCellRk: cell_.number = decode_rk(record.number<uint32_t>(kCellHeaderBytes)); return true;
    case xlsb::kCellReal:
    case xlsb::kFormulaReal: cell_.number = record.number<double>(kCellHeaderBytes); return true;
    case xlsb::kCellBoolean:
    case xlsb::kFormulaBoolean:
      cell_.kind = Cell::Kind::boolean;
      cell_.number = record.number<uint8_t>(kCellHeaderBytes);
      return true;
    case xlsb::kCellError:
    case xlsb::kFormulaError:
      cell_.kind = Cell::Kind::error;
      cell_.text = error_name(record.number<uint8_t>(kCellHeaderBytes));
      return true;
    case xlsb::kCellShared: return set_shared_text(record.number<uint32_t>(kCellHeaderBytes));
    case xlsb::kCellRich: return set_text(record.text(kCellHeaderBytes + 1));  // behind flags
    default: return set_text(record.text(kCellHeaderBytes));
  }
}

bool XlsbSheet::set_text(std::string text) {
  text_ = std::move(text);
  cell_.kind = Cell::Kind::text;
  cell_.text = text_;
  return !text_.empty();
}

Result<bool> XlsbSheet::set_shared_text(uint32_t index) {
  if (index >= texts_.size())
    return reader_.fail(fmt::format("a cell refers to shared text {}, there are {}", index, texts_.size()));
  cell_.kind = Cell::Kind::text;
  cell_.text = texts_[index];
  cell_.is_pinned = true;
  return !cell_.text.empty();
}

}  // namespace aml::excel
