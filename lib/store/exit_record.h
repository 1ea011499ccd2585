// exit: how the payload ended, written where it ran, atomically and durably, before anything else is done about it.
// Whoever finds one can finish the run (finalize.h), however the recorder fared.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "store/run_folder.h"
#include "store/run_state.h"
#include "text/json.h"

namespace aml::store {

enum class ExitReason : uint8_t {
  exited,     // by itself, with code or signal
  cancelled,  // on request
  timeout,
  oom,
  prep_failed,  // never started; `detail` says why
};

struct ExitRecord {
  ExitReason reason = ExitReason::exited;
  std::optional<int> code = {};    // exit status, or
  std::optional<int> signal = {};  // the signal that ended it
  std::string detail = {};         // for people
  Instant started;                 // of the payload; 0 when it never started
  Instant ended;
  double user_seconds = 0;
  double system_seconds = 0;
  uint64_t memory_bytes_max = 0;
};

RunState final_state(const ExitRecord& exit);
std::string describe_exit(const ExitRecord& exit);  // "exit 3", "signal 11", the detail; empty for plain success

text::Json to_json(const ExitRecord& exit);
Result<ExitRecord> parse_exit_json(const text::Json& json, std::string_view name);
Result<ExitRecord> parse_exit_record(std::string_view json_text, std::string_view name);

Status write_exit_record(const RunFolder& folder, const ExitRecord& exit);  // synced; replaces nothing
Result<std::optional<ExitRecord>> read_exit_record(const RunFolder& folder);

}  // namespace aml::store
