// Ending runs early, and taking over those whose recorder is gone. No process is ever signalled without checking that
// its number still names the process on record.
#pragma once

#include "store/liveness.h"
#include "store/run_record.h"

namespace aml::run {

enum class CancelOutcome : uint8_t {
  asked,         // the recorder was told; the run is over when follow() returns
  over_already,  // nothing to do
  ended_orphan,  // the recorder was gone; the payload was stopped
};

// conflict for a run on another machine.
Result<CancelOutcome> cancel(const store::Store& store, const RunId& id, const store::LivenessProbe& probe);

struct AdoptOptions {
  int wake_fd = -1;  // when it becomes readable, waiting stops with an interrupted error; the orphan goes on
};

// Takes the place of a dead recorder: waits for the orphan, then makes its end durable. How a process ended is told to
// its parent only, so such a run ends as lost, with everything it wrote kept. conflict when the recorder lives.
Result<store::RunSummary> adopt(const store::Store& store, const RunId& id, const store::LivenessProbe& probe,
                                const Clock& clock, const AdoptOptions& options);

}  // namespace aml::run
