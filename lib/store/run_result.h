// result.json: what came out. The last file of a run, put in place by rename; a run that has a valid one is over and
// never changes again, but for its tags.
#pragma once

#include <map>
#include <optional>

#include "base/digest.h"
#include "store/exit_record.h"
#include "store/metrics.h"
#include "store/run_spec.h"

namespace aml::store {

struct OutputsRecord {
  Digest manifest;  // of outputs.mf, which is a blob too
  uint64_t files = 0;
  uint64_t bytes = 0;
  bool operator==(const OutputsRecord&) const = default;
};

struct RunResult {
  RunState state = RunState::finished;
  ExitRecord exit;
  MetricSummaries metrics = {};
  std::vector<Param> late_params = {};
  std::optional<OutputsRecord> outputs = {};
  std::map<std::string, Digest> files = {};  // path below the run's folder → digest, for `amlhist verify`
  std::vector<std::string> problems = {};    // what had to be skipped: "metrics: 2 malformed lines"
};

text::Json to_json(const RunResult& result);
Result<RunResult> parse_run_result(std::string_view json_text, std::string_view name);
Result<std::optional<RunResult>> read_run_result(const RunFolder& folder);  // nothing when it is not there

}  // namespace aml::store
