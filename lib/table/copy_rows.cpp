#include "table/copy_rows.h"

#include <numeric>

namespace aml::table {

Result<uint64_t> copy_rows(Reader& reader, Writer& writer, std::optional<uint64_t> rows_max) {
  uint64_t rows = 0;
  while (!rows_max || rows < *rows_max) {
    auto batch = TRY(reader.next());
    if (!batch) break;
    if (rows_max && batch->rows > *rows_max - rows) {
      std::vector<uint32_t> first(*rows_max - rows);
      std::iota(first.begin(), first.end(), 0U);
      batch = gather(*batch, first);
    }
    rows += batch->rows;
    TRY(writer.write(*batch));
  }
  TRY(writer.finish());
  return rows;
}

}  // namespace aml::table
