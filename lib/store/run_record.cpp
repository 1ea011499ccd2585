#include "store/run_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/record_json.h"

namespace aml::store {
namespace {

// The value, or its zero value with the reason kept.
template <class T>
T take(Result<T> result, std::vector<std::string>& damage) {
  if (result.ok()) return std::move(result).value();
  damage.push_back(result.error().message);
  return T();
}

void note_skipped(std::string_view file, size_t lines, std::vector<std::string>& problems) {
  if (lines > 0) problems.push_back(fmt::format("{}: {} malformed {}", file, lines, lines == 1 ? "line" : "lines"));
}

RunSpec read_spec(const RunFolder& folder, std::vector<std::string>& damage) {
  RunSpec unknown;
  unknown.id = folder.id();
  unknown.created = folder.id().created();
  unknown.kind = "";
  unknown.target = "";
  auto text = read_record_file(folder.spec());
  if (!text.ok() || !*text) {
    damage.push_back(text.ok() ? fmt::format("'{}' is missing", folder.spec().string()) : text.error().message);
    return unknown;
  }
  auto spec = parse_run_spec(**text, folder.spec().native());
  if (spec.ok() && spec->id == folder.id()) return std::move(spec).value();
  damage.push_back(spec.ok() ? fmt::format("'{}' is of another run", folder.spec().string()) : spec.error().message);
  return unknown;
}

void apply_exit(const ExitRecord& exit, RunSummary& run) {
  if (exit.started.unix_ns != 0) run.started = exit.started;
  if (exit.ended.unix_ns != 0) run.ended = exit.ended;
  run.exit_code = exit.code;
  run.exit_signal = exit.signal;
}

void apply_result(const RunResult& result, RunSummary& run) {
  apply_exit(result.exit, run);
  run.state = result.state;
  run.reason = describe_exit(result.exit);
  run.metrics = result.metrics;
  run.outputs = result.outputs;
  run.params.insert(run.params.end(), result.late_params.begin(), result.late_params.end());
  run.problems.insert(run.problems.end(), result.problems.begin(), result.problems.end());
}

RunEvidence gather(const RunFolder& folder, const RunSummary& run, std::vector<std::string>& damage) {
  RunEvidence evidence;
  evidence.machine_id = run.spec.machine_id;
  evidence.journal = take(read_journal(folder.journal()), damage);
  evidence.exit = take(read_exit_record(folder), damage);
  evidence.result = take(read_run_result(folder), damage);
  return evidence;
}

// A run that had no result: everything is worked out from what lies there.
void apply_evidence(const RunFolder& folder, const RunEvidence& evidence, const DerivedState& derived,
                    RunSummary& run) {
  if (evidence.journal.records.empty())
    run.damage.push_back(fmt::format("'{}' has no valid record", folder.journal().string()));
  run.state = derived.state;
  run.reason = derived.reason;
  run.needs_finalizing = derived.needs_finalizing;
  if (const JournalRecord* running = evidence.journal.last(RunState::running)) run.started = running->at;
  if (evidence.exit) apply_exit(*evidence.exit, run);
  const auto metrics = take(summarize_metrics_dir(folder.metrics_dir()), run.damage);
  run.metrics = metrics.summaries;
  // The end of a file may be half a line for as long as its writer lives.
  if (!is_alive(run.state)) note_skipped("metrics", metrics.skipped_lines, run.problems);
  const auto late = take(read_params(folder), run.damage);
  run.params.insert(run.params.end(), late.params.begin(), late.params.end());
}

void read_unfinished(const RunFolder& folder, const LivenessProbe& probe, RunSummary& run) {
  std::vector<std::string> damage;
  RunEvidence evidence = gather(folder, run, damage);
  DerivedState derived = derive_state(folder, evidence, probe);
  if (!evidence.result && (!is_alive(derived.state) || derived.state == RunState::orphan)) {
    // The recorder may have finished between our reading its files and our finding its lock free. Now that it is
    // gone nothing changes any more, so a second look is the truth.
    damage.clear();
    evidence = gather(folder, run, damage);
    derived = derive_state(folder, evidence, probe);
  }
  run.damage.insert(run.damage.end(), damage.begin(), damage.end());
  if (evidence.result) apply_result(*evidence.result, run);
  else apply_evidence(folder, evidence, derived, run);
}

bool is_day(std::string_view name) {
  return name.size() == 10 && parse_rfc3339(std::string(name) + "T00:00:00Z").has_value();
}

}  // namespace

Result<RunSummary> read_run(const Store& store, const RunId& id, const LivenessProbe& probe) {
  const RunFolder folder = run_folder(store, id);
  if (!os::is_a_directory(folder.dir()))
    return Error{ErrorKind::not_found, fmt::format("no run '{}'", id.text()), "amlhist ls lists the runs there are"};
  RunSummary run;
  run.id = id;
  run.spec = read_spec(folder, run.damage);
  run.params = run.spec.params;
  // Most runs are over, and of those the journal need not be read.
  const auto result = read_run_result(folder);
  if (result.ok() && *result) apply_result(**result, run);
  else read_unfinished(folder, probe, run);
  const auto tags = take(read_tags(folder), run.damage);
  run.tags = tags.tags;
  note_skipped("tags.log", tags.skipped_lines, run.problems);
  return run;
}

std::vector<std::string> list_days(const Store& store) {
  std::vector<std::string> days;
  auto names = os::list_directory(store.runs_dir());
  if (!names.ok()) return days;
  for (std::string& name : *names)
    if (is_day(name)) days.push_back(std::move(name));
  std::reverse(days.begin(), days.end());
  return days;
}

std::vector<RunId> list_run_ids(const Store& store, const std::string& day) {
  std::vector<RunId> ids;
  const auto names = os::list_directory(store.runs_dir() / day);
  if (!names.ok()) return ids;
  for (const std::string& name : *names) {
    auto id = RunId::parse(name);
    if (id && format_date(id->created()) == day) ids.push_back(std::move(*id));
  }
  std::reverse(ids.begin(), ids.end());
  return ids;
}

std::vector<RunId> list_run_ids(const Store& store) {
  std::vector<RunId> ids;
  for (const std::string& day : list_days(store)) {
    auto of_day = list_run_ids(store, day);
    ids.insert(ids.end(), of_day.begin(), of_day.end());
  }
  return ids;
}

}  // namespace aml::store
