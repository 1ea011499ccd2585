// Binary workbooks (.xlsb): the parts of an Office package, but of records instead of XML.
#pragma once

#include <memory>
#include <string>

#include "excel/open_package.h"
#include "excel/text_pool.h"
#include "excel/workbook.h"
#include "excel/xlsb_records.h"

namespace aml::excel {

class XlsbWorkbook final : public Workbook {
 public:
  static Result<std::shared_ptr<const Workbook>> open(OpenPackage package, std::string part);
  Result<std::unique_ptr<CellReader>> open_sheet(size_t index) const override;

 private:
  explicit XlsbWorkbook(OpenPackage package) : Workbook(package.name()), package_(std::move(package)) {}
  Result<XlsbReader> open_records(const std::string& part) const;
  Status read_sheets(const std::string& part, const std::vector<Relationship>& relationships);
  Status read_styles(const std::string& part);
  Status read_shared_texts(const std::string& part);

  OpenPackage package_;
  std::vector<std::string> parts_;  // of the sheets
  TextPool texts_;
};

}  // namespace aml::excel
