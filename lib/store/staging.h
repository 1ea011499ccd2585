// tmp/: where things are made before they are renamed or linked into place. A name says who made it,
// <stem>.<pid>.<start ticks>, and the maker holds a lock on it, so that a leftover of a dead process can be told from
// work in progress, also when the maker lives in another process namespace.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string_view>

#include "store/liveness.h"
#include "store/store.h"

namespace aml::store {

struct StagingOwner {
  pid_t pid = 0;
  uint64_t start_ticks = 0;
  bool operator==(const StagingOwner&) const = default;
};

std::string staging_name(std::string_view stem);  // of this process
std::optional<StagingOwner> parse_staging_name(std::string_view name);

// Entries whose maker is gone: what it left behind. The lock of a folder is the file `lock` in it.
Result<std::vector<Path>> find_abandoned_staging(const Store& store, const LivenessProbe& probe);

}  // namespace aml::store
