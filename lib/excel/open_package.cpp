#include "excel/open_package.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace aml::excel {
namespace {

std::string_view folder_of(std::string_view part) {
  const size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : part.substr(0, slash);
}

std::string relationships_part(std::string_view part) {
  const std::string_view folder = folder_of(part);
  const std::string_view file = folder.empty() ? part : part.substr(folder.size() + 1);
  return fmt::format("{}{}_rels/{}.rels", folder, folder.empty() ? "" : "/", file);
}

}  // namespace

std::string resolve_part(std::string_view from, std::string_view target) {
  std::string path = target.starts_with('/') || target.starts_with('\\')
                         ? std::string(target)
                         : fmt::format("{}/{}", folder_of(from), target);
  std::vector<std::string_view> names;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    const std::string_view name = std::string_view(path).substr(begin, end - begin);
    if (name == ".." && !names.empty()) names.pop_back();
    else if (!name.empty() && name != "." && name != "..") names.push_back(name);
    begin = end + 1;
  }
  return fmt::format("{}", fmt::join(names, "/"));
}

Result<std::unique_ptr<Source>> OpenPackage::open_part(std::string_view part) const {
  const ZipEntry* entry = archive_.find(part);
  if (entry == nullptr)
    return Error{ErrorKind::bad_data, fmt::format("'{}' has no part '{}'", name(), part),
                 "open the workbook in Excel and save it again"};
  return archive_.open_entry(*entry);
}

Result<XmlReader> OpenPackage::open_xml(std::string_view part) const {
  auto source = TRY(open_part(part));
  return XmlReader(std::move(source), fmt::format("{}: {}", name(), part));
}

Result<std::vector<Relationship>> OpenPackage::relationships_of(std::string_view part) const {
  std::vector<Relationship> found;
  const std::string relationships = relationships_part(part);
  if (!has_part(relationships)) return found;
  XmlReader xml = TRY(open_xml(relationships));
  for (XmlEvent event = TRY(xml.next()); event != XmlEvent::at_end; event = TRY(xml.next())) {
    if (event != XmlEvent::start || xml.name() != "Relationship") continue;
    if (xml.attribute("TargetMode") == "External") continue;
    if (found.size() == kRelationshipsMax)
      return xml.fail(fmt::format("more than {} relationships", kRelationshipsMax));
    Relationship relationship;
    relationship.id = xml.attribute("Id").value_or("");
    relationship.target = resolve_part(part, xml.attribute("Target").value_or(""));
    const std::string_view type = xml.attribute("Type").value_or("");
    relationship.type = type.substr(type.rfind('/') + 1);
    found.push_back(std::move(relationship));
  }
  return found;
}

}  // namespace aml::excel
