#include "project/manifest.h"

#include <fmt/format.h>

#include <iterator>

#include "store/format.h"

namespace aml::project {
namespace {

std::string_view mode_of(FileKind kind) {
  switch (kind) {
    case FileKind::file: return "100644";
    case FileKind::executable: return "100755";
    case FileKind::symlink: return "120000";
  }
  return "";
}

}  // namespace

std::string format_manifest(const std::vector<ManifestEntry>& entries) {
  std::string text;
  for (const ManifestEntry& entry : entries)
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\n", mode_of(entry.kind), entry.size, entry.digest.hex(),
                   store::escape_field(entry.path));
  return text;
}

}  // namespace aml::project
