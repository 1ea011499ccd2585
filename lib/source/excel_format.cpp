#include "source/excel_format.h"

#include "excel/workbook.h"

namespace aml::source {

bool is_excel(std::string_view head, std::string_view) { return excel::is_workbook(head); }

Result<std::unique_ptr<table::Reader>> open_excel(SeekableFile file, const OpenOptions& options,
                                                  const Context& context) {
  auto bytes = excel::make_random_source(std::move(file.fd), file.bytes, std::move(file.name));
  auto workbook = TRY(excel::open_workbook(std::move(bytes)));
  return excel::open_sheet_reader(std::move(workbook), options.sheet, options.read, context.cancel);
}

}  // namespace aml::source
