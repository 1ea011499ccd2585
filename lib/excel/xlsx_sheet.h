// The cells of a worksheet part, streamed:
//
//   <worksheet><dimension ref="A1:C9"/>…<sheetData><row r="1"><c r="A1" s="2" t="s"><v>0</v></c>…
#pragma once

#include <memory>

#include "excel/text_pool.h"
#include "excel/workbook.h"
#include "excel/xml_reader.h"

namespace aml::excel {

class XlsxSheet final : public CellReader {
 public:
  // Reads up to the first row. `texts` must outlive the reader.
  static Result<std::unique_ptr<CellReader>> open(XmlReader xml, const TextPool& texts, DateSystem system);

  Result<std::optional<Cell>> next() override;
  std::optional<CellRange> declared_range() const override { return declared_; }

 private:
  XlsxSheet(XmlReader xml, const TextPool& texts, DateSystem system)
      : xml_(std::move(xml)), texts_(texts), system_(system) {}
  Status read_head();
  Status start_row();
  Result<bool> read_cell();
  Status place_cell();
  Status read_values();
  Result<bool> set_value();
  Result<bool> set_shared_text();

  XmlReader xml_;
  const TextPool& texts_;
  DateSystem system_;
  std::optional<CellRange> declared_;
  bool is_done_ = false;
  bool has_row_ = false;
  uint32_t row_ = 0;
  uint32_t next_column_ = 0;
  Cell cell_;
  std::string type_;
  std::string value_;   // <v>
  std::string inline_;  // <is>
  bool has_inline_ = false;
};

}  // namespace aml::excel
