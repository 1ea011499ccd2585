// Snapshots: the project as it is now, packed into one reproducible tar that is kept zstd-compressed in the blob store
// and known by the digest of the *uncompressed* tar. The same tree gives the same digest on any machine, is kept once,
// and costs one pass of stat(2) when nothing has changed.
//
// A snapshot's ref, refs/snapshots/<hex of the digest>, is an OCI descriptor of the compressed blob.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "project/git.h"
#include "project/project.h"
#include "store/manifest.h"
#include "store/store.h"

namespace aml::project {

inline constexpr std::string_view kSnapshotMediaType = "application/vnd.oci.image.layer.v1.tar+zstd";
inline constexpr std::string_view kSnapshotRefKind = "snapshots";

struct SnapshotOptions {
  IgnoreOptions ignore = {};
  std::vector<std::string> allowed_secrets = {};  // besides those of aml.yaml; relative to the root
};

struct Snapshot {
  Digest digest;  // of the uncompressed tar: the snapshot's name
  uint64_t files = 0;
  uint64_t bytes = 0;                             // of the files
  std::vector<std::string> special = {};          // sockets, pipes and devices left out: worth a warning
  std::vector<std::string> allowed_secrets = {};  // files that are in it by permission only
  std::optional<GitState> git = {};
  std::optional<Digest> git_diff = {};  // blob with the diff against the commit, when there is one
};

// Durable when it returns. Limits are checked before a file is read, secrets before anything is stored.
Result<Snapshot> take_snapshot(const store::Store& store, const Project& project, const SnapshotOptions& options);

// What take_snapshot would pack, with the same checks; nothing is stored.
Result<Walk> list_snapshot(const Project& project, const SnapshotOptions& options);

// Why `path` (relative to the root) is in a snapshot or not.
Result<Verdict> explain_path(const Project& project, const SnapshotOptions& options, const std::string& path);

// Where the compressed tar of a snapshot is; nothing when this store does not have the snapshot.
Result<std::optional<store::Descriptor>> find_snapshot(const store::Store& store, const Digest& snapshot);

// Unpacks a snapshot into `destination`, which is made if need be.
Status restore_snapshot(const store::Store& store, const Digest& snapshot, const Path& destination);

}  // namespace aml::project
