// Workbooks of Excel 5 to 2003 (.xls): BIFF records in a compound file.
#pragma once

#include <memory>
#include <string>

#include "excel/biff.h"
#include "excel/compound_file.h"
#include "excel/text_pool.h"
#include "excel/workbook.h"

namespace aml::excel {

class XlsWorkbook final : public Workbook {
 public:
  static Result<std::shared_ptr<const Workbook>> open(const CompoundFile& file);
  Result<std::unique_ptr<CellReader>> open_sheet(size_t index) const override;

 private:
  explicit XlsWorkbook(std::string name) : Workbook(std::move(name)) {}
  Status read_globals();
  Status read_global(const BiffRecord& record);
  void read_sheet_place(const BiffRecord& record);
  void read_format(const BiffRecord& record);
  Status read_shared_texts(const BiffRecord& record);
  Error damaged(std::string_view what) const;

  std::string stream_;
  BiffVersion version_ = BiffVersion::biff8;
  unsigned code_page_ = 1252;
  std::vector<uint32_t> offsets_;  // of the sheets in the stream
  TextPool texts_;
};

}  // namespace aml::excel
