// The parts of an Office Open XML package and the relationships between them: who refers to whom, by id and by type.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "excel/xml_reader.h"
#include "excel/zip_archive.h"

namespace aml::excel {

struct Relationship {
  std::string id;
  std::string type;    // the last word of its URI: "worksheet"
  std::string target;  // the part's name in the archive
};

class OpenPackage {
 public:
  explicit OpenPackage(ZipArchive archive) : archive_(std::move(archive)) {}

  const std::string& name() const { return archive_.name(); }
  bool has_part(std::string_view part) const { return archive_.find(part) != nullptr; }
  Result<std::unique_ptr<Source>> open_part(std::string_view part) const;  // bad_data when it is not there
  Result<XmlReader> open_xml(std::string_view part) const;
  // What `part` ("" for the package itself) refers to inside the package; none when it says nothing.
  Result<std::vector<Relationship>> relationships_of(std::string_view part) const;

 private:
  ZipArchive archive_;
};

inline constexpr size_t kRelationshipsMax = 65536;

// "xl/workbook.xml" and "worksheets/sheet1.xml", "../x.xml" or "/xl/x.xml" as the name of a part.
std::string resolve_part(std::string_view from, std::string_view target);

}  // namespace aml::excel
