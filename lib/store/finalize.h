// From an exit record to result.json. The recorder does this at the end of every run; when it died before, anyone
// may do it later and gets the same result.
#pragma once

#include "store/liveness.h"
#include "store/run_result.h"
#include "store/store.h"

namespace aml::store {

// Idempotent: a run with a valid result is left alone. Order: FINALIZING, outputs into blobs, metrics synced and
// summarised, terminal record, result.json by rename. The caller holds the run's lock (`journal` proves it).
Result<RunResult> finalize_run(const Store& store, const RunFolder& folder, JournalWriter& journal, const Clock& clock);

// The same for a run whose recorder is gone: takes the lock first; conflict when the recorder lives.
Result<RunResult> finalize_run(const Store& store, const RunId& id, const Clock& clock);

struct Reconciled {
  RunId id;
  RunState before = RunState::created;
  RunState after = RunState::created;
  std::string reason;
};

enum class DryRun : uint8_t { no, yes };

// Makes what is derived durable: finishes runs that have an exit record, records LOST for those that are. Runs that
// live, orphans and silent ones are left alone. Gives what it did, or would do.
Result<std::vector<Reconciled>> reconcile(const Store& store, const LivenessProbe& probe, const Clock& clock,
                                          DryRun dry_run);

// Removes what dead processes left in tmp/; gives what it removed, or would remove.
Result<std::vector<Path>> sweep_staging(const Store& store, const LivenessProbe& probe, DryRun dry_run);

}  // namespace aml::store
