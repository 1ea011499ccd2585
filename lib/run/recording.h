// What a recorder does, from the first record to the last. Runs in the recorder's process (recorder.h).
#pragma once

#include "run/recorder.h"
#include "store/new_run.h"

namespace aml::run {

// Takes a run that was just created through all of its states. Whatever fails on the way ends in an exit record and a
// result; only a store that cannot be written any more is an error, and then the run is derived to be lost.
Status record(const store::Store& store, const StartOptions& options, store::NewRun& run, const Clock& clock);

}  // namespace aml::run
