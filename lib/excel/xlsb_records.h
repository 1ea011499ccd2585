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
#include "excel/part_stream.h"

namespace aml::excel {

namespace xlsb {
inline constexpr uint32_t kRow = 0, kCellRk = 2, kCellError = 3, kCellBoolean = 4, kCellReal = 5, kCellText = 6,
                          kCellShared = 7, kFormulaText = 8, kFormulaReal = 9, kFormulaBoolean = 10, kFormulaError = 11,
                          kSharedItem = 19, kFormat = 44, kStyle = 47, kCellRich = 62, kSheetDataBegin = 145,
                          kSheetDataEnd = 146, kWorkbookProperties = 153, kSheet = 156, kStylesBegin = 617,
                          kStylesEnd = 618;
}  // namespace xlsb

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
  XlsbReader(std::unique_ptr<Source> source, std::string name, size_t block_bytes = table::BlockStream::kBlockBytes)
      : part_(std::move(source), std::move(name), block_bytes) {}
  Result<std::optional<XlsbRecord>> next();
  Status finish() { return part_.finish(); }  // see PartStream
  Error fail(std::string_view what) const { return part_.fail(what); }

 private:
  Result<uint32_t> read_number(size_t bytes_max);

  PartStream part_;
};

}  // namespace aml::excel
