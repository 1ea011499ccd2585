// The list of what a snapshot holds. Equal manifests give equal snapshots, byte for byte, on any machine.
//
//   mode TAB size TAB sha256 TAB path LF      mode 100644, 100755, or 120000 for a link, whose content is its target
#pragma once

#include <string>
#include <vector>

#include "base/digest.h"
#include "project/walk.h"

namespace aml::project {

struct ManifestEntry {
  std::string path;
  FileKind kind = FileKind::file;
  uint64_t size = 0;
  Digest digest;
  std::string link_target = {};
};

std::string format_manifest(const std::vector<ManifestEntry>& entries);  // sorted by path already

}  // namespace aml::project
