// Office Open XML workbooks (.xlsx, .xlsm), transitional and strict.
#pragma once

#include <memory>
#include <string>

#include "excel/open_package.h"
#include "excel/text_pool.h"
#include "excel/workbook.h"

namespace aml::excel {

class XlsxWorkbook final : public Workbook {
 public:
  // `part` is that of the workbook, "xl/workbook.xml" as a rule.
  static Result<std::shared_ptr<const Workbook>> open(OpenPackage package, std::string part);
  Result<std::unique_ptr<CellReader>> open_sheet(size_t index) const override;

 private:
  explicit XlsxWorkbook(OpenPackage package) : Workbook(package.name()), package_(std::move(package)) {}
  Status read_sheets(const std::string& part, const std::vector<Relationship>& relationships);
  Status read_styles(const std::string& part);

  OpenPackage package_;
  std::vector<std::string> parts_;  // of the sheets
  TextPool texts_;
};

}  // namespace aml::excel
