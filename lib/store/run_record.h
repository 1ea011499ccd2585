// Reading runs: everything known about one, as it stands now. Reading never changes the store and never fails because
// of what one file says: what is damaged is named in `damage` and the rest is there.
#pragma once

#include "store/liveness.h"
#include "store/params.h"
#include "store/run_result.h"
#include "store/store.h"

namespace aml::store {

struct RunSummary {
  RunId id;
  RunSpec spec;  // only id and created when spec.json is damaged
  RunState state = RunState::created;
  std::string reason = {};
  std::optional<Instant> started = {};  // of the payload
  std::optional<Instant> ended = {};
  std::optional<int> exit_code = {};
  std::optional<int> exit_signal = {};
  std::vector<Param> params = {};  // of the spec, then late ones
  MetricSummaries metrics = {};
  Tags tags = {};
  std::optional<OutputsRecord> outputs = {};
  bool needs_finalizing = false;
  std::vector<std::string> damage = {};    // record files that could not be read
  std::vector<std::string> problems = {};  // lines that were skipped, values that were refused
};

// not_found when there is no such folder.
Result<RunSummary> read_run(const Store& store, const RunId& id, const LivenessProbe& probe);

std::vector<std::string> list_days(const Store& store);                       // newest first
std::vector<RunId> list_run_ids(const Store& store, const std::string& day);  // newest first
std::vector<RunId> list_run_ids(const Store& store);                          // newest first

}  // namespace aml::store
