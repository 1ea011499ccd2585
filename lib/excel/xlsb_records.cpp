#include "excel/xlsb_records.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "excel/biff.h"

namespace aml::excel {

std::string XlsbRecord::text(size_t offset) const {
  const uint64_t bytes = uint64_t{number<uint32_t>(offset)} * 2;
  if (offset + 4 > data.size() || bytes > data.size() - offset - 4) return {};
  return utf16_to_utf8(data.substr(offset + 4, static_cast<size_t>(bytes)));
}

Error XlsbReader::fail(std::string_view what) const {
  return {ErrorKind::bad_data, fmt::format("{}: byte {}: {}", name_, offset_ + begin_, what),
          "open the workbook in Excel and save it as .xlsx"};
}

Result<bool> XlsbReader::require(size_t bytes) {
  while (buffer_.size() - begin_ < bytes && !source_at_end_) {
    const std::string_view piece = TRY(source_->read());
    source_at_end_ = piece.empty();
    buffer_.erase(0, begin_);
    offset_ += begin_;
    begin_ = 0;
    buffer_.append(piece);
  }
  return buffer_.size() - begin_ >= bytes;
}

Result<uint32_t> XlsbReader::read_number(size_t bytes_max) {
  uint32_t number = 0;
  for (size_t i = 0; i < bytes_max; ++i) {
    if (!TRY(require(1))) return fail("the part ends inside a record");
    const auto byte = static_cast<uint8_t>(buffer_[begin_++]);
    number |= uint32_t{byte & 0x7fu} << (7 * i);
    if ((byte & 0x80) == 0) break;
  }
  return number;
}

Result<std::optional<XlsbRecord>> XlsbReader::next() {
  if (!TRY(require(1))) return std::optional<XlsbRecord>();
  XlsbRecord record;
  record.type = TRY(read_number(2));
  const uint32_t bytes = TRY(read_number(4));
  if (bytes > kXlsbRecordBytesMax)
    return fail(fmt::format("a record is longer than {}", format_size(kXlsbRecordBytesMax)));
  if (!TRY(require(bytes))) return fail("the part ends inside a record");
  record.data = std::string_view(buffer_).substr(begin_, bytes);
  begin_ += bytes;
  return std::optional(record);
}

Status XlsbReader::finish() {
  while (!source_at_end_) source_at_end_ = TRY(source_->read()).empty();
  return {};
}

}  // namespace aml::excel
