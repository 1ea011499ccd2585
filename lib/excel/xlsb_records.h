// The records of binary workbooks (.xlsb): a type of one or two bytes and a size of up to four, seven bits in each,
// then the data. Streamed out of a part of the package.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/sink.h"
#include "excel/little_endian.h"

namespace aml::excel {

namespace xlsb {
inline constexpr uint32_t kRow = 0, kCellRk = 2, kCellError = 3, kCellBoolean = 4, kCellReal = 5, kCellText = 6,
                          kCellShared = 7, kFormulaText = 8, kFormulaReal = 9, kFormulaBoolean = 10, kFormulaError = 11,
                          kSharedItem = 19, kFormat = 44, kStyle = 47, kCellRich = 62, kSheetDataBegin = 145,
                          kSheetDataEnd = 146, kWorkbookProperties = 153, kSheet = 156, kStylesBegin = 617,
                          kStylesEnd = 618;
}  // namespace xlsb

inline constexpr size_t kXlsbRecordBytesMax = size_t{4} << 20;

struct XlsbRecord {
  uint32_t type = 0;
  std::string_view data;  // valid until the next one is read

  template <class T>
  T number(size_t offset) const {
    return offset + sizeof(T) <= data.size() ? read_little<T>(data, offset) : T{};
  }
  // A count of 32 bits and as many UTF-16 units; empty where there is none.
  std::string text(size_t offset) const;
};

class XlsbReader {
 public:
  // `name` is for messages.
  XlsbReader(std::unique_ptr<Source> source, std::string name) : source_(std::move(source)), name_(std::move(name)) {}
  Result<std::optional<XlsbRecord>> next();
  Status finish();  // unpacks the rest, so that its checksum is verified
  Error fail(std::string_view what) const;

 private:
  Result<bool> require(size_t bytes);
  Result<uint32_t> read_number(size_t bytes_max);

  std::unique_ptr<Source> source_;
  std::string name_;
  std::string buffer_;
  size_t begin_ = 0;
  uint64_t offset_ = 0;  // of the first byte of buffer_ in the part
  bool source_at_end_ = false;
};

}  // namespace aml::excel
