#include "excel/xlsb_workbook.h"

#include <fmt/format.h>

#include <algorithm>

#include "excel/xlsb_sheet.h"

namespace aml::excel {
namespace {

constexpr size_t kSheetsMax = 65536;

}  // namespace

Result<std::shared_ptr<const Workbook>> XlsbWorkbook::open(OpenPackage package, std::string part) {
  std::shared_ptr<XlsbWorkbook> workbook(new XlsbWorkbook(std::move(package)));
  const auto relationships = TRY(workbook->package_.relationships_of(part));
  TRY(workbook->read_sheets(part, relationships));
  for (const Relationship& relationship : relationships) {
    if (!workbook->package_.has_part(relationship.target)) continue;
    if (relationship.type == "styles") TRY(workbook->read_styles(relationship.target));
    if (relationship.type == "sharedStrings") TRY(workbook->read_shared_texts(relationship.target));
  }
  workbook->text_block_ = workbook->texts_.block();
  return std::shared_ptr<const Workbook>(std::move(workbook));
}

Result<XlsbReader> XlsbWorkbook::open_records(const std::string& part) const {
  auto source = TRY(package_.open_part(part));
  return XlsbReader(std::move(source), fmt::format("{}: {}", name_, part));
}

Status XlsbWorkbook::read_sheets(const std::string& part, const std::vector<Relationship>& relationships) {
  XlsbReader reader = TRY(open_records(part));
  while (const auto record = TRY(reader.next())) {
    if (record->type == xlsb::kWorkbookProperties && (record->number<uint32_t>(0) & 1) != 0)
      date_system_ = DateSystem::from_1904;
    if (record->type != xlsb::kSheet) continue;
    if (sheets_.size() == kSheetsMax) return reader.fail(fmt::format("more than {} sheets", kSheetsMax));
    const std::string id = record->text(8);
    const size_t id_bytes = 4 + 2 * size_t{record->number<uint32_t>(8)};
    const auto found = std::find_if(relationships.begin(), relationships.end(),
                                    [&](const Relationship& relationship) { return relationship.id == id; });
    const bool has_cells = found != relationships.end() && found->type == "worksheet";
    parts_.push_back(found == relationships.end() ? "" : found->target);
    sheets_.push_back({record->text(8 + id_bytes), record->number<uint32_t>(0) != 0, has_cells});
  }
  return {};
}

Status XlsbWorkbook::read_styles(const std::string& part) {
  XlsbReader reader = TRY(open_records(part));
  bool is_in_styles = false;
  while (const auto record = TRY(reader.next())) {
    if (record->type == xlsb::kStylesBegin) is_in_styles = true;
    if (record->type == xlsb::kStylesEnd) is_in_styles = false;
    if (record->type == xlsb::kFormat) name_format(record->number<uint16_t>(0), record->text(2));
    if (record->type == xlsb::kStyle && is_in_styles) add_style(record->number<uint16_t>(2));
  }
  return {};
}

Status XlsbWorkbook::read_shared_texts(const std::string& part) {
  XlsbReader reader = TRY(open_records(part));
  while (const auto record = TRY(reader.next())) {
    if (record->type != xlsb::kSharedItem) continue;
    const std::string text = record->text(1);
    if (texts_.is_full(text.size())) return reader.fail("too many shared texts");
    texts_.append(text);
  }
  return {};
}

Result<std::unique_ptr<CellReader>> XlsbWorkbook::open_sheet(size_t index) const {
  XlsbReader reader = TRY(open_records(parts_[index]));
  return std::unique_ptr<CellReader>(std::make_unique<XlsbSheet>(std::move(reader), texts_));
}

}  // namespace aml::excel
