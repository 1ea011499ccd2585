#include "excel/xlsx_workbook.h"

#include <fmt/format.h>

#include <algorithm>

#include "excel/xlsx_sheet.h"
#include "excel/xlsx_text.h"
#include "text/numbers.h"

namespace aml::excel {
namespace {

constexpr size_t kSheetsMax = 65536;

uint32_t number_attribute(XmlReader& xml, std::string_view name) {
  const auto number = text::parse_int(xml.attribute(name).value_or("0")).value_or(0);
  return static_cast<uint32_t>(std::clamp<int64_t>(number, 0, INT32_MAX));
}

bool is_true(std::optional<std::string_view> value) { return value == "1" || value == "true" || value == "on"; }

}  // namespace

Result<std::shared_ptr<const Workbook>> XlsxWorkbook::open(OpenPackage package, std::string part) {
  std::shared_ptr<XlsxWorkbook> workbook(new XlsxWorkbook(std::move(package)));
  const auto relationships = TRY(workbook->package_.relationships_of(part));
  TRY(workbook->read_sheets(part, relationships));
  for (const Relationship& relationship : relationships) {
    if (!workbook->package_.has_part(relationship.target)) continue;
    if (relationship.type == "styles") TRY(workbook->read_styles(relationship.target));
    if (relationship.type != "sharedStrings") continue;
    XmlReader xml = TRY(workbook->package_.open_xml(relationship.target));
    workbook->texts_ = TRY(read_shared_strings(xml));
    workbook->text_block_ = workbook->texts_.block();
  }
  return std::shared_ptr<const Workbook>(std::move(workbook));
}

Status XlsxWorkbook::read_sheets(const std::string& part, const std::vector<Relationship>& relationships) {
  XmlReader xml = TRY(package_.open_xml(part));
  for (XmlEvent event = TRY(xml.next()); event != XmlEvent::at_end; event = TRY(xml.next())) {
    if (event != XmlEvent::start) continue;
    if (xml.name() == "workbookPr" && is_true(xml.attribute("date1904"))) date_system_ = DateSystem::from_1904;
    if (xml.name() != "sheet") continue;
    if (sheets_.size() == kSheetsMax) return xml.fail(fmt::format("more than {} sheets", kSheetsMax));
    Sheet sheet{std::string(xml.attribute("name").value_or("")), false, false};
    const auto state = xml.attribute("state");
    sheet.is_hidden = state == "hidden" || state == "veryHidden";
    const std::string id(xml.attribute("id").value_or(""));
    const auto found = std::find_if(relationships.begin(), relationships.end(),
                                    [&](const Relationship& relationship) { return relationship.id == id; });
    sheet.has_cells = found != relationships.end() && found->type == "worksheet";
    parts_.push_back(found == relationships.end() ? "" : found->target);
    sheets_.push_back(std::move(sheet));
  }
  return {};
}

// <numFmts> names formats, <cellXfs> lists the styles that cells refer to.
Status XlsxWorkbook::read_styles(const std::string& part) {
  XmlReader xml = TRY(package_.open_xml(part));
  bool is_in_styles = false;
  for (XmlEvent event = TRY(xml.next()); event != XmlEvent::at_end; event = TRY(xml.next())) {
    if (event == XmlEvent::text) continue;
    if (xml.name() == "cellXfs") is_in_styles = event == XmlEvent::start;
    if (event != XmlEvent::start) continue;
    if (xml.name() == "numFmt") {
      const uint32_t id = number_attribute(xml, "numFmtId");
      name_format(id, xml.attribute("formatCode").value_or("General"));
    } else if (is_in_styles && xml.name() == "xf") {
      add_style(number_attribute(xml, "numFmtId"));
    }
  }
  return {};
}

Result<std::unique_ptr<CellReader>> XlsxWorkbook::open_sheet(size_t index) const {
  XmlReader xml = TRY(package_.open_xml(parts_[index]));
  return XlsxSheet::open(std::move(xml), texts_, date_system_);
}

}  // namespace aml::excel
