// Starting runs. start() forks a recorder: a small process with a session of its own that owns the run's record from
// its first byte to result.json and outlives terminal and caller. The payload is its child and is held behind a gate
// until its process number and start time are on disk, so that no work is ever done unrecorded.
//
//   command line ── start() ──> recorder (holds `lock`, writes journal, exit, result.json)
//        │                         └── payload (holds `payload.lock`, writes out.log, err.log, metrics, outputs)
//        └── follow() reads the logs; when it dies, only the stream stops
//
// Killing the recorder leaves an orphan that goes on (adopt.h); what is alive is always computed (store/liveness.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "os/process.h"
#include "store/params.h"
#include "store/run_spec.h"
#include "store/store.h"

namespace aml::run {

// The points in the life of a run at which tests interfere.
enum class Moment : uint8_t {
  created,        // the folder is in place
  preparing,      // the checkout begins
  starting,       // the payload exists behind the gate and is on record
  running,        // the gate is open
  ended,          // the payload is gone, its end is not yet on disk
  exit_recorded,  // `exit` is on disk, result.json is not
  finished,       // result.json is in place
};

class Observer {
 public:
  virtual ~Observer() = default;
  // Called inside the recorder. `payload` is 0 before starting.
  virtual void reached(Moment moment, pid_t payload) = 0;
};

enum class KeepWork : uint8_t {
  never,
  if_changed,  // when the payload left files outside $AML_OUTPUTS that would be lost otherwise
  always,
};

struct StartOptions {
  store::RunSpec spec;  // complete, id included (prepare.h makes one)
  store::Tags tags = {};
  std::string environment_lock = {};          // text of env.lock
  std::vector<std::string> environment = {};  // "NAME=value", what the payload gets besides AML_…
  // Where a payload without a snapshot runs; with one it is spec.cwd inside a fresh checkout.
  Path directory = {};
  KeepWork keep_work = KeepWork::if_changed;
  int64_t drain_ns = 2'000'000'000;        // how long processes the payload left behind may go on writing
  int64_t stop_grace_ns = 10'000'000'000;  // between TERM and KILL
  Observer* observer = nullptr;            // outlives the recorder
};

struct RunHandle {
  RunId id;
  os::ProcessRef recorder;
};

// Returns when the run exists durably, the payload need not have started yet. Must be called while the process has
// one thread; the recorder becomes a child of the caller, for follow() or the init process to reap.
Result<RunHandle> start(const store::Store& store, const StartOptions& options, const Clock& clock);

}  // namespace aml::run
