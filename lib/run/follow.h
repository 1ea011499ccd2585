// Watching a run from outside: its two logs as they grow, and how it ends. Whoever follows may die at any time; the run
// does not notice.
#pragma once

#include <functional>
#include <optional>

#include "base/cancel.h"
#include "base/sink.h"
#include "store/run_record.h"

namespace aml::run {

enum class Until : uint8_t { over, now };

struct FollowOptions {
  Sink* out = nullptr;  // gets out.log; nullptr: nothing
  Sink* err = nullptr;  // gets err.log
  Until until = Until::over;
  int wake_fd = -1;  // when it becomes readable, on_wake is asked once: its error stops following
  std::function<Status()> on_wake = [] { return Status(Error{ErrorKind::interrupted, "interrupted"}); };
  int reader_fd = -1;  // a pipe behind `out`: when its reader is gone, following stops with a broken_pipe error
};

// Copies the logs from their beginning until the run is over (or as far as they go), then gives its record.
Result<store::RunSummary> follow(const store::Store& store, const RunId& id, const FollowOptions& options);

// What a shell shows for the end of a run: the payload's exit code, 128 + n for a signal, 124 for a timeout, 125 when
// it never started. Nothing while the run goes on or when its end is not known.
std::optional<int> shell_status(const store::RunSummary& run);

}  // namespace aml::run
