#include "excel/xlsx_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "excel/xlsx_text.h"
#include "text/numbers.h"

namespace aml::excel {
namespace {

std::string_view trim_space(std::string_view text) {
  while (!text.empty() && static_cast<uint8_t>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<uint8_t>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<std::unique_ptr<CellReader>> XlsxSheet::open(XmlReader xml, const TextPool& texts, DateSystem system) {
  std::unique_ptr<XlsxSheet> sheet(new XlsxSheet(std::move(xml), texts, system));
  TRY(sheet->read_head());
  return std::unique_ptr<CellReader>(std::move(sheet));
}

Status XlsxSheet::read_head() {
  for (;;) {
    const XmlEvent event = TRY(xml_.next());
    if (event == XmlEvent::at_end) {
      is_done_ = true;
      return {};
    }
    if (event != XmlEvent::start) continue;
    if (xml_.name() == "sheetData") return {};
    if (xml_.name() == "dimension") {
      const std::string_view range = xml_.attribute("ref").value_or("");
      if (range.find(':') != std::string_view::npos) declared_ = parse_cell_range(range);
    }
  }
}

Result<std::optional<Cell>> XlsxSheet::next() {
  while (!is_done_) {
    const XmlEvent event = TRY(xml_.next());
    if (event == XmlEvent::at_end || (event == XmlEvent::end && xml_.name() == "sheetData")) {
      is_done_ = true;
      TRY(xml_.finish());
    } else if (event == XmlEvent::start && xml_.name() == "row") {
      TRY(start_row());
    } else if (event == XmlEvent::start && xml_.name() == "c") {
      if (TRY(read_cell())) return std::optional(cell_);
    }
  }
  return std::optional<Cell>();
}

Status XlsxSheet::start_row() {
  uint32_t row = has_row_ ? row_ + 1 : 0;
  if (const auto given = xml_.attribute("r")) {
    const auto number = text::parse_int(trim_space(*given));
    if (!number || *number < 1 || *number > kRowsMax)
      return xml_.fail(fmt::format("row number '{}' is not from 1 to {}", *given, kRowsMax));
    row = static_cast<uint32_t>(*number - 1);
    if (has_row_ && row <= row_) return xml_.fail(fmt::format("row {} stands behind row {}", row + 1, row_ + 1));
  }
  if (row >= kRowsMax) return xml_.fail(fmt::format("more than {} rows", kRowsMax));
  row_ = row;
  has_row_ = true;
  next_column_ = 0;
  return {};
}

Status XlsxSheet::place_cell() {
  uint32_t column = next_column_;
  const auto given = xml_.attribute("r");
  if (given && !given->empty()) {
    const auto place = parse_cell_place(*given);
    if (!place) return xml_.fail(fmt::format("'{}' is no place in a sheet", *given));
    column = place->column;
  }
  if (column >= kColumnsMax) return xml_.fail(fmt::format("more than {} columns", kColumnsMax));
  cell_.place = {row_, column};
  next_column_ = column + 1;
  return {};
}

// Whether the cell holds something.
Result<bool> XlsxSheet::read_cell() {
  cell_ = Cell();
  TRY(place_cell());
  const auto style = text::parse_int(xml_.attribute("s").value_or("0")).value_or(0);
  cell_.style = static_cast<uint32_t>(std::clamp<int64_t>(style, 0, INT32_MAX));
  type_ = xml_.attribute("t").value_or("n");
  TRY(read_values());
  return set_value();
}

Status XlsxSheet::read_values() {
  value_.clear();
  has_inline_ = false;
  for (;;) {
    const XmlEvent event = TRY(xml_.next());
    if (event == XmlEvent::end) return {};  // of the cell: what starts inside is read to its end
    if (event != XmlEvent::start) continue;
    if (xml_.name() == "v") {
      value_ = TRY(xml_.read_text());
    } else if (xml_.name() == "is") {
      inline_ = TRY(read_rich_text(xml_));
      has_inline_ = true;
    } else {
      TRY(xml_.skip_element());
    }
  }
}

Result<bool> XlsxSheet::set_value() {
  if (type_ == "s") return set_shared_text();
  if (type_ == "inlineStr" || type_ == "str") {
    if (!has_inline_) inline_ = value_.find("_x") == std::string::npos ? std::move(value_) : unescape_text(value_);
    cell_.kind = Cell::Kind::text;
    cell_.text = inline_;
    return !inline_.empty();
  }
  const std::string_view value = trim_space(value_);
  if (value.empty()) return false;
  if (type_ == "e") {
    cell_.kind = Cell::Kind::error;
    cell_.text = value;
    return true;
  }
  if (type_ == "b") {
    cell_.kind = Cell::Kind::boolean;
    cell_.number = value == "1" || value == "true" ? 1 : 0;
    return true;
  }
  const auto number = type_ == "d" ? serial_of_iso(value, system_) : text::parse_double(value);
  cell_.kind = !number ? Cell::Kind::text : type_ == "d" ? Cell::Kind::date : Cell::Kind::number;
  cell_.text = value;  // what is no number is passed on as it stands
  cell_.number = number.value_or(0);
  return true;
}

Result<bool> XlsxSheet::set_shared_text() {
  const std::string_view value = trim_space(value_);
  if (value.empty()) return false;
  const auto index = text::parse_int(value);
  if (!index || *index < 0 || static_cast<uint64_t>(*index) >= texts_.size())
    return xml_.fail(fmt::format("cell {}{} refers to shared string '{}', there are {}",
                                 column_letters(cell_.place.column), row_ + 1, value, texts_.size()));
  cell_.kind = Cell::Kind::text;
  cell_.text = texts_[static_cast<size_t>(*index)];
  cell_.is_pinned = true;
  return !cell_.text.empty();
}

}  // namespace aml::excel
