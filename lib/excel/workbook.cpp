#include "excel/workbook.h"

#include <fmt/format.h>

#include <algorithm>

#include "excel/compound_file.h"
#include "excel/open_package.h"
#include "excel/xls_workbook.h"
#include "excel/xlsb_workbook.h"
#include "excel/xlsx_workbook.h"

namespace aml::excel {
namespace {

constexpr std::string_view kZipMagic("PK\x03\x04", 4);
constexpr std::string_view kCompoundMagic("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);

Error no_workbook(const std::string& name, std::string_view what, std::string hint) {
  return {ErrorKind::bad_data, fmt::format("'{}' is {}", name, what), std::move(hint)};
}

// The part a package says is its document, or where Excel puts it.
Result<std::string> find_workbook_part(const OpenPackage& package) {
  for (const Relationship& relationship : TRY(package.relationships_of("")))
    if (relationship.type == "officeDocument" && package.has_part(relationship.target)) return relationship.target;
  for (const std::string part : {"xl/workbook.xml", "xl/workbook.bin"})
    if (package.has_part(part)) return part;
  if (package.has_part("content.xml"))
    return no_workbook(package.name(), "an OpenDocument file", "save it as .xlsx or .csv first");
  return no_workbook(package.name(), "a ZIP archive without a workbook inside", "unpack it and name the file you mean");
}

Result<std::shared_ptr<const Workbook>> open_packaged(std::shared_ptr<const RandomSource> source) {
  auto archive = TRY(ZipArchive::open(std::move(source)));
  OpenPackage package(std::move(archive));
  std::string part = TRY(find_workbook_part(package));
  if (part.ends_with(".bin")) return XlsbWorkbook::open(std::move(package), std::move(part));
  return XlsxWorkbook::open(std::move(package), std::move(part));
}

Result<std::shared_ptr<const Workbook>> open_compound(std::shared_ptr<const RandomSource> source) {
  const CompoundFile file = TRY(CompoundFile::open(std::move(source)));
  if (file.has_stream("EncryptedPackage"))
    return no_workbook(file.name(), "protected by a password", "open it in Excel and save it without a password");
  if (!file.has_stream("Workbook") && !file.has_stream("Book"))
    return no_workbook(file.name(), "an Office document, but no workbook", "save the table in it as .xlsx or .csv");
  return XlsWorkbook::open(file);
}

}  // namespace

bool is_workbook(std::string_view head) { return head.starts_with(kZipMagic) || head.starts_with(kCompoundMagic); }

Result<std::shared_ptr<const Workbook>> open_workbook(std::shared_ptr<const RandomSource> source) {
  const std::string head = TRY(read_bytes(*source, 0, static_cast<size_t>(std::min<uint64_t>(source->size(), 8))));
  if (head.starts_with(kZipMagic)) return open_packaged(std::move(source));
  if (head.starts_with(kCompoundMagic)) return open_compound(std::move(source));
  return no_workbook(source->name(), "not an Excel workbook", "leave out --from, or name another format");
}

const NumberFormat& Workbook::format_of(uint32_t style) const {
  static const NumberFormat kGeneral;
  const auto found = formats_.find(style < format_of_style_.size() ? format_of_style_[style] : 0);
  return found == formats_.end() ? kGeneral : found->second;
}

void Workbook::name_format(uint32_t format_id, std::string_view code) {
  if (formats_.size() < kStylesMax) formats_.insert_or_assign(format_id, NumberFormat(code));
}

void Workbook::add_style(uint32_t format_id) {
  if (format_of_style_.size() >= kStylesMax) return;
  format_of_style_.push_back(format_id);
  if (!formats_.contains(format_id)) name_format(format_id, built_in_format(format_id));
}

}  // namespace aml::excel
