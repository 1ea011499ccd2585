// Giving disk space back: blobs that nothing names any more, what dead processes left in tmp/, and the trash, all only
// when older than a grace period, so that work in progress is never in danger.
#pragma once

#include "store/finalize.h"
#include "store/liveness.h"
#include "store/store.h"

namespace aml::store {

struct Garbage {
  std::string kind;  // "blob", "ref", "staging", "trash"
  std::string id;    // digest, ref, or path below the store
  uint64_t bytes = 0;
  std::string reason;
};

struct GcOptions {
  int64_t grace_ns = kGraceNs;
  DryRun dry_run = DryRun::no;
};

// What was removed, or would be. Everything that a ref, a run or a run in the trash names is kept, and so is what
// those blobs name in turn.
Result<std::vector<Garbage>> collect_garbage(const Store& store, const LivenessProbe& probe, const GcOptions& options);

// Moves runs/DAY/ID to trash/ID. A run that lives is a conflict.
Status trash_run(const Store& store, const RunId& id, const LivenessProbe& probe);

}  // namespace aml::store
