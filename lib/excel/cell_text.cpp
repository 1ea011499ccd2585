#include "excel/cell_text.h"

#include "text/numbers.h"

namespace aml::excel {
namespace {

void append_value(std::string& out, const Cell& cell, const NumberFormat& format, DateSystem system) {
  auto wanted = format.date_text();
  if (!wanted && cell.kind == Cell::Kind::date) wanted = DateText::date;
  const auto date = wanted ? iso_text(cell.number, system, *wanted) : std::nullopt;
  if (date) out.append(*date);
  else text::append_number(out, cell.number);
}

}  // namespace

std::string_view cell_text(const Cell& cell, const Workbook& workbook, CellForm form, std::string& scratch) {
  const bool is_displayed = form == CellForm::displayed;
  const NumberFormat& format = workbook.format_of(cell.style);
  switch (cell.kind) {
    case Cell::Kind::error: return cell.text;
    case Cell::Kind::boolean:
      if (is_displayed) return cell.number != 0 ? "TRUE" : "FALSE";
      return cell.number != 0 ? "true" : "false";
    case Cell::Kind::text:
      if (!is_displayed || !format.changes_text()) return cell.text;
      scratch = format.displayed(cell.text);
      return scratch;
    default: break;
  }
  scratch.clear();
  if (is_displayed) scratch = format.displayed(cell.number, workbook.date_system());
  else append_value(scratch, cell, format, workbook.date_system());
  return scratch;
}

}  // namespace aml::excel
