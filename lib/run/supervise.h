// Waits for a payload: reaps it and what it leaves behind, stops it on request or at its time limit, and tells how it
// ended.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>

#include "os/process.h"
#include "store/exit_record.h"

namespace aml::run {

struct SuperviseOptions {
  std::optional<int64_t> timeout_ns = {};
  int64_t drain_ns = 0;
  int64_t stop_grace_ns = 0;
  int64_t tick_ns = 0;                // how often `tick` is called while the payload lives; 0: never
  std::function<void()> tick = {};    // heartbeat and syncing of metrics
  std::function<void()> on_end = {};  // once, when the payload itself has ended
};

// The signals that ask a recorder to end its run are blocked and read from a descriptor; made before the payload, so
// that none is lost between.
class RecorderSignals {
 public:
  static Result<RecorderSignals> take_over();
  int fd() const { return fd_.get(); }

 private:
  explicit RecorderSignals(os::UniqueFd fd) : fd_(std::move(fd)) {}
  os::UniqueFd fd_;
};

// `payload` is a child and leads a process group of its own; the caller is a child subreaper. A first TERM or INT to
// the recorder cancels the run, a second one kills at once. Fills in everything but `started`.
store::ExitRecord supervise(pid_t payload, const RecorderSignals& signals, const SuperviseOptions& options,
                            const Clock& clock);

}  // namespace aml::run
