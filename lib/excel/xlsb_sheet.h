// The cells of a sheet of a binary workbook, streamed.
#pragma once

#include "excel/text_pool.h"
#include "excel/workbook.h"
#include "excel/xlsb_records.h"

namespace aml::excel {

class XlsbSheet final : public CellReader {
 public:
  // `texts` must outlive the reader.
  XlsbSheet(XlsbReader reader, const TextPool& texts) : reader_(std::move(reader)), texts_(texts) {}
  Result<std::optional<Cell>> next() override;

 private:
  Status start_row(const XlsbRecord& record);
  Result<bool> read_cell(const XlsbRecord& record);
  Result<bool> set_shared_text(uint32_t index);
  bool set_text(std::string text);

  XlsbReader reader_;
  const TextPool& texts_;
  bool is_in_data_ = false;
  bool is_done_ = false;
  std::optional<uint32_t> row_;
  Cell cell_;
  std::string text_;
};

}  // namespace aml::excel
