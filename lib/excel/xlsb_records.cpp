#include "excel/xlsb_records.h"

#include "excel/biff.h"

namespace aml::excel {

std::string XlsbRecord::text(size_t offset) const {
  const uint64_t bytes = uint64_t{number<uint32_t>(offset)} * 2;
  if (offset + 4 > data.size() || bytes > data.size() - offset - 4) return {};
  return utf16_to_utf8(data.substr(offset + 4, static_cast<size_t>(bytes)));
}

Result<uint32_t> XlsbReader::read_number(size_t bytes_max) {
  uint32_t number = 0;
  for (size_t i = 0; i < bytes_max; ++i) {
    if (!TRY(part_.require(1))) return fail("the part ends inside a record");
    const auto byte = static_cast<uint8_t>(part_.unread()[0]);
    part_.consume(1);
    number |= uint32_t{byte & 0x7fu} << (7 * i);
    if ((byte & 0x80) == 0) break;
  }
  return number;
}

Result<std::optional<XlsbRecord>> XlsbReader::next() {
  if (!TRY(part_.require(1))) return std::optional<XlsbRecord>();
  XlsbRecord record;
  record.type = TRY(read_number(2));
  const uint32_t bytes = TRY(read_number(4));
  TRY(part_.check_token(bytes));
  if (!TRY(part_.require(bytes))) return fail("the part ends inside a record");
  record.data = part_.unread().substr(0, bytes);
  part_.consume(bytes);
  return std::optional(record);
}

}  // namespace aml::excel
