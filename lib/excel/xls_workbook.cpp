#include "excel/xls_workbook.h"

#include <fmt/format.h>

#include "excel/xls_sheet.h"

namespace aml::excel {
namespace {

constexpr uint16_t kBiff8 = 0x0600;
constexpr uint16_t kBiff5 = 0x0500;
constexpr size_t kSheetsMax = 65536;

}  // namespace

Error XlsWorkbook::damaged(std::string_view what) const {
  return {ErrorKind::bad_data, fmt::format("'{}' is a damaged workbook: {}", name_, what),
          "open it in Excel and save it as .xlsx"};
}

Result<std::shared_ptr<const Workbook>> XlsWorkbook::open(const CompoundFile& file) {
  std::shared_ptr<XlsWorkbook> workbook(new XlsWorkbook(file.name()));
  workbook->stream_ = TRY(file.read_stream(file.has_stream("Workbook") ? "Workbook" : "Book"));
  TRY(workbook->read_globals());
  workbook->text_block_ = workbook->texts_.block();
  return std::shared_ptr<const Workbook>(std::move(workbook));
}

Status XlsWorkbook::read_globals() {
  BiffReader reader(stream_, 0);
  const auto first = TRY(with_context(reader.next(), fmt::format("'{}'", name_)));
  if (!first || first->type != biff::kBof || first->data().size() < 4)
    return damaged("it does not start with a workbook");
  const auto version = read_little<uint16_t>(first->data(), 0);
  if (version != kBiff8 && version != kBiff5)
    return damaged(fmt::format("version 0x{:04x} is older than Excel 5, or unknown", version));
  version_ = version == kBiff8 ? BiffVersion::biff8 : BiffVersion::biff5;
  for (;;) {
    const auto record = TRY(with_context(reader.next(), fmt::format("'{}'", name_)));
    if (!record || record->type == biff::kEof) return {};
    TRY(read_global(*record));
  }
}

Status XlsWorkbook::read_global(const BiffRecord& record) {
  const std::string_view data = record.data();
  switch (record.type) {
    case biff::kFilePass:
      return Error{ErrorKind::bad_data, fmt::format("'{}' is protected by a password", name_),
                   "open it in Excel and save it without a password"};
    case biff::kCodePage:
      if (data.size() >= 2) code_page_ = read_little<uint16_t>(data, 0);
      break;
    case biff::kDateMode:
      if (data.size() >= 2 && read_little<uint16_t>(data, 0) == 1) date_system_ = DateSystem::from_1904;
      break;
    case biff::kBoundSheet: read_sheet_place(record); break;
    case biff::kFormat: read_format(record); break;
    case biff::kXf:
      if (data.size() >= 4) add_style(read_little<uint16_t>(data, 2));
      break;
    case biff::kSst: return read_shared_texts(record);
    default: break;
  }
  return {};
}

void XlsWorkbook::read_sheet_place(const BiffRecord& record) {
  if (sheets_.size() == kSheetsMax) return;
  BiffCursor cursor(record, 0);
  const auto offset = cursor.number<uint32_t>();
  const bool is_hidden = (cursor.number<uint8_t>() & 3) != 0;
  const bool has_cells = cursor.number<uint8_t>() == 0;
  const size_t length = cursor.number<uint8_t>();
  if (cursor.is_short()) return;
  offsets_.push_back(offset);
  std::string name =
      version_ == BiffVersion::biff8 ? cursor.unicode_text(length) : decode_code_page(cursor.take(length), code_page_);
  sheets_.push_back({std::move(name), is_hidden, has_cells});
}

// Formats may be named after the styles that use them: the last name counts.
void XlsWorkbook::read_format(const BiffRecord& record) {
  BiffCursor cursor(record, 0);
  const auto id = cursor.number<uint16_t>();
  const bool is_biff8 = version_ == BiffVersion::biff8;
  const size_t length = is_biff8 ? cursor.number<uint16_t>() : cursor.number<uint8_t>();
  name_format(id, is_biff8 ? cursor.unicode_text(length) : decode_code_page(cursor.take(length), code_page_));
}

// The counts in front are often wrong; the texts go on to the end of the record.
Status XlsWorkbook::read_shared_texts(const BiffRecord& record) {
  BiffCursor cursor(record, 8);
  for (;;) {
    const size_t length = cursor.number<uint16_t>();
    if (cursor.is_short()) return {};
    const std::string text = cursor.unicode_text(length);
    if (texts_.is_full(text.size())) return damaged("it has too many shared texts");
    texts_.append(text);
  }
}

Result<std::unique_ptr<CellReader>> XlsWorkbook::open_sheet(size_t index) const {
  if (offsets_[index] >= stream_.size())
    return damaged(fmt::format("sheet '{}' stands behind its end", sheets_[index].name));
  return with_context(XlsSheet::open(stream_, offsets_[index], {version_, code_page_, &texts_}),
                      fmt::format("'{}': sheet '{}'", name_, sheets_[index].name));
}

}  // namespace aml::excel
