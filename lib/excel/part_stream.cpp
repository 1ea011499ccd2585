#include "excel/part_stream.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace aml::excel {

Error PartStream::fail(std::string_view what) const {
  return {ErrorKind::bad_data, fmt::format("{}: byte {}: {}", name_, blocks_.offset(), what),
          "open the workbook in Excel and save it again"};
}

Status PartStream::check_token(size_t bytes) const {
  if (bytes <= kPartTokenBytesMax) return {};
  return fail(fmt::format("a tag, text or record is longer than {}", format_size(kPartTokenBytesMax)));
}

Status PartStream::fill() {
  TRY(check_token(unread().size()));
  return blocks_.fill();
}

Result<bool> PartStream::require(size_t bytes) {
  while (unread().size() < bytes && !at_end()) TRY(fill());
  return unread().size() >= bytes;
}

Status PartStream::finish() {
  while (!at_end()) {
    consume(unread().size());
    TRY(fill());
  }
  return {};
}

}  // namespace aml::excel
