#include "excel/xls_sheet.h"

#include <algorithm>

namespace aml::excel {
namespace {

constexpr size_t kCellHeaderBytes = 6;  // row, column, style

bool is_before(const CellPlace& a, const CellPlace& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; }

}  // namespace

Result<std::unique_ptr<CellReader>> XlsSheet::open(std::string_view stream, size_t offset, const Shared& shared) {
  std::unique_ptr<XlsSheet> sheet(new XlsSheet(shared));
  TRY(sheet->read(stream, offset));
  std::stable_sort(sheet->cells_.begin(), sheet->cells_.end(),
                   [](const HeldCell& a, const HeldCell& b) { return is_before(a.place, b.place); });
  return std::unique_ptr<CellReader>(std::move(sheet));
}

// Charts inside the sheet have a beginning and an end of their own.
Status XlsSheet::read(std::string_view stream, size_t offset) {
  BiffReader reader(stream, offset);
  for (size_t depth = 0;;) {
    const auto record = TRY(reader.next());
    if (!record) return {};
    if (record->type == biff::kBof) ++depth;
    else if (record->type == biff::kEof && (depth == 0 || --depth == 0)) return {};
    else if (depth <= 1) TRY(read_record(*record));
  }
}

Status XlsSheet::read_record(const BiffRecord& record) {
  if (record.type == biff::kString) return finish_formula(record);
  const std::string_view data = record.data();
  if (data.size() < kCellHeaderBytes) return {};
  switch (record.type) {
    case biff::kLabel:
    case biff::kRString: return read_label(record);
    case biff::kLabelSst: read_shared_label(record); break;
    case biff::kNumber:
      if (data.size() >= 14) add(record, Cell::Kind::number, read_little<double>(data, 6));
      break;
    case biff::kRk:
      if (data.size() >= 10) add(record, Cell::Kind::number, decode_rk(read_little<uint32_t>(data, 6)));
      break;
    case biff::kMulRk: read_multiple(record); break;
    case biff::kFormula: read_formula(record); break;
    case biff::kBoolErr:
      if (data.size() >= 8)
        add(record, data[7] != 0 ? Cell::Kind::error : Cell::Kind::boolean, static_cast<uint8_t>(data[6]));
      break;
    default: break;
  }
  return {};
}

void XlsSheet::add(const BiffRecord& record, Cell::Kind kind, double number) {
  const std::string_view data = record.data();
  cells_.push_back({{read_little<uint16_t>(data, 0), read_little<uint16_t>(data, 2)},
                    kind,
                    false,
                    read_little<uint16_t>(data, 4),
                    number});
}

Status XlsSheet::add_text(const HeldCell& cell, std::string_view text) {
  if (text.empty()) return {};
  if (texts_.is_full(text.size())) return Error{ErrorKind::bad_data, "too many texts"};
  cells_.push_back(cell);
  cells_.back().kind = Cell::Kind::text;
  cells_.back().number = static_cast<double>(texts_.size());
  texts_.append(text);
  return {};
}

std::string XlsSheet::read_text(BiffCursor& cursor) const {
  const size_t length = cursor.number<uint16_t>();
  if (shared_.version == BiffVersion::biff8) return cursor.unicode_text(length);
  return decode_code_page(cursor.take(length), shared_.code_page);
}

Status XlsSheet::read_label(const BiffRecord& record) {
  add(record, Cell::Kind::text, 0);
  const HeldCell cell = cells_.back();
  cells_.pop_back();
  BiffCursor cursor(record, kCellHeaderBytes);
  return add_text(cell, read_text(cursor));
}

void XlsSheet::read_shared_label(const BiffRecord& record) {
  if (record.data().size() < 10) return;
  const auto index = read_little<uint32_t>(record.data(), 6);
  if (index >= shared_.texts->size() || (*shared_.texts)[index].empty()) return;
  add(record, Cell::Kind::text, index);
  cells_.back().is_shared = true;
}

// Row, first column, then a style and a number for each column, last column.
void XlsSheet::read_multiple(const BiffRecord& record) {
  const std::string_view data = record.data();
  const auto row = read_little<uint16_t>(data, 0);
  uint32_t column = read_little<uint16_t>(data, 2);
  for (size_t at = 4; at + 6 + 2 <= data.size(); at += 6, ++column)
    cells_.push_back({{row, column},
                      Cell::Kind::number,
                      false,
                      read_little<uint16_t>(data, at),
                      decode_rk(read_little<uint32_t>(data, at + 2))});
}

// The cached result: a double, or in its highest bits a mark that says what it is instead.
void XlsSheet::read_formula(const BiffRecord& record) {
  const std::string_view data = record.data();
  if (data.size() < 14) return;
  formula_.reset();
  if (read_little<uint16_t>(data, 12) != 0xffff) return add(record, Cell::Kind::number, read_little<double>(data, 6));
  const auto value = static_cast<uint8_t>(data[8]);
  switch (data[6]) {
    case 0:
      add(record, Cell::Kind::text, 0);
      formula_ = cells_.back();
      cells_.pop_back();
      break;
    case 1: return add(record, Cell::Kind::boolean, value);
    case 2: return add(record, Cell::Kind::error, value);
    default: break;  // an empty text
  }
}

Status XlsSheet::finish_formula(const BiffRecord& record) {
  if (!formula_) return {};
  BiffCursor cursor(record, 0);
  const std::string text = read_text(cursor);
  const HeldCell cell = *formula_;
  formula_.reset();
  return add_text(cell, text);
}

Result<std::optional<Cell>> XlsSheet::next() {
  if (next_ == cells_.size()) return std::optional<Cell>();
  const HeldCell& held = cells_[next_++];
  Cell cell;
  cell.place = held.place;
  cell.kind = held.kind;
  cell.style = held.style;
  cell.number = held.number;
  if (held.kind == Cell::Kind::error) cell.text = error_name(static_cast<uint8_t>(held.number));
  if (held.kind == Cell::Kind::text) {
    cell.text = (held.is_shared ? *shared_.texts : texts_)[static_cast<size_t>(held.number)];
    cell.is_pinned = held.is_shared;
  }
  return std::optional(cell);
}

}  // namespace aml::excel
