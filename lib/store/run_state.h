// The states of a run. Most are recorded in the journal; `orphan` and `silent` are only ever derived (liveness.h), and
// `lost` is derived until reconcile records it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace aml::store {

enum class RunState : uint8_t {
  created,      // NEW: the folder is in place, nothing has happened yet
  preparing,    // snapshot and environment work
  queued,       // waits for a slot or a target
  starting,     // the payload's process exists and is held back until this record is on disk
  running,      // the payload was let go
  finalizing,   // the payload has ended and its exit is recorded
  finished,     // exit 0
  failed,       // another exit code, or a signal nobody sent on purpose
  killed,       // cancelled, or ended by INT, TERM, HUP or KILL
  timeout,      // ran past its limit
  oom,          // the kernel took it for memory
  prep_failed,  // ended before the payload could start
  lost,         // recorder and payload are gone without an exit record
  orphan,       // the recorder is gone, the payload lives on
  silent,       // on another host, whose heartbeat stopped
};

const char* name_of(RunState state);                         // for people and queries: "finished"
const char* journal_name_of(RunState state);                 // on disk: "NEW", "PREPARING", …, "PREP_FAILED"
std::optional<RunState> parse_state(std::string_view name);  // either form

bool is_terminal(RunState state);  // finished … prep_failed: result.json is in place and never changes
bool is_alive(RunState state);     // created … finalizing, orphan and silent: something may still come

}  // namespace aml::store
