// The birth of a run: its folder is made whole under tmp/ and renamed into runs/, so that no reader ever sees half of
// one and a crash before the rename leaves only a sweepable leftover.
#pragma once

#include "os/lock_file.h"
#include "store/journal.h"
#include "store/run_folder.h"
#include "store/run_spec.h"
#include "store/store.h"

namespace aml::store {

Result<RunId> make_run_id(const Clock& clock);

struct NewRun {
  RunFolder folder;
  os::LockFile lock;      // held since before the folder became visible; dropping it says "recorder gone"
  JournalWriter journal;  // holds NEW
};

// Durable when it returns: spec.json synced, folder renamed into place, day folder synced. Makes metrics/, outputs/,
// empty logs and the 64 KiB reserve too.
Result<NewRun> create_run(const Store& store, const RunSpec& spec);

}  // namespace aml::store
