#include "store/run_state.h"

#include <array>

namespace aml::store {
namespace {

struct StateName {
  RunState state;
  const char* name;
  const char* journal_name;
};

constexpr std::array<StateName, 15> kNames = {{
    {RunState::created, "created", "NEW"},
    {RunState::preparing, "preparing", "PREPARING"},
    {RunState::queued, "queued", "QUEUED"},
    {RunState::starting, "starting", "STARTING"},
    {RunState::running, "running", "RUNNING"},
    {RunState::finalizing, "finalizing", "FINALIZING"},
    {RunState::finished, "finished", "FINISHED"},
    {RunState::failed, "failed", "FAILED"},
    {RunState::killed, "killed", "KILLED"},
    {RunState::timeout, "timeout", "TIMEOUT"},
    {RunState::oom, "oom", "OOM"},
    {RunState::prep_failed, "prep_failed", "PREP_FAILED"},
    {RunState::lost, "lost", "LOST"},
    {RunState::orphan, "orphan", "ORPHAN"},
    {RunState::silent, "silent", "SILENT"},
}};

const StateName& entry_of(RunState state) { return kNames[static_cast<size_t>(state)]; }

}  // namespace

const char* name_of(RunState state) { return entry_of(state).name; }
const char* journal_name_of(RunState state) { return entry_of(state).journal_name; }

std::optional<RunState> parse_state(std::string_view name) {
  for (const StateName& entry : kNames)
    if (name == entry.name || name == entry.journal_name) return entry.state;
  return std::nullopt;
}

bool is_terminal(RunState state) { return state >= RunState::finished && state <= RunState::prep_failed; }

bool is_alive(RunState state) {
  return state <= RunState::finalizing || state == RunState::orphan || state == RunState::silent;
}

}  // namespace aml::store
