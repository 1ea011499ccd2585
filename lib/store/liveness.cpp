#include "store/liveness.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>

#include "os/lock_file.h"
#include "os/machine.h"
#include "store/format.h"

namespace aml::store {
namespace {

int64_t mtime_ns(const struct stat& info) { return info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec; }

template <class T>
std::optional<T> number_field(const JournalRecord& record, std::string_view key) {
  const std::string* text = record.find(key);
  T value{};
  if (text == nullptr) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

// Before STARTING nothing of the user's has run: the work may simply be done again.
DerivedState lost(const JournalContent& journal, std::string_view reason) {
  const bool has_started = journal.last(RunState::starting) != nullptr || journal.last(RunState::running) != nullptr;
  return {RunState::lost, std::string(has_started ? reason : "prep"), false, {}};
}

DerivedState derive_here(const RunFolder& folder, const JournalContent& journal, const LivenessProbe& probe) {
  const RunState recorded = journal.state().value_or(RunState::created);
  if (probe.is_locked(folder.lock())) return {recorded, {}, false, {}};
  const JournalRecord* last = journal.last();
  if (last != nullptr && last->boot8 != probe.boot_id().substr(0, 8)) return lost(journal, "reboot");
  if (probe.is_locked(folder.payload_lock()) || living_payload(journal, probe))
    return {RunState::orphan, "recorder gone", false, {}};
  const JournalRecord* starting = journal.last(RunState::starting);
  if (starting != nullptr && probe.is_target_alive(*starting) == true)
    return {RunState::orphan, "recorder gone", false, {}};
  return lost(journal, "killed");
}

// Only the heartbeat speaks for a run on another host. A stale one is no proof of death, so the run is called silent,
// and nothing is ever killed or rewritten for it.
DerivedState derive_elsewhere(const RunFolder& folder, const JournalContent& journal, const LivenessProbe& probe) {
  const auto age_ns = probe.heartbeat_age_ns(folder.heartbeat());
  if (age_ns && *age_ns <= kHeartbeatsMissedMax * kHeartbeatIntervalNs)
    return {journal.state().value_or(RunState::created), {}, false, {}};
  DerivedState silent{RunState::silent, "no heartbeat", false, {}};
  if (age_ns) silent.since = Instant{probe.now().unix_ns - *age_ns};
  else if (const JournalRecord* last = journal.last()) silent.since = last->at;
  return silent;
}

}  // namespace

SystemProbe::SystemProbe(Path store_dir)
    : store_dir_(std::move(store_dir)), machine_id_(os::machine_id()), boot_id_(os::boot_id()) {}

Instant SystemProbe::now() const { return SystemClock().now(); }

bool SystemProbe::is_locked(const Path& lock_file) const {
  // A lock that may not be looked at could be held; nothing is called dead on suspicion.
  const auto locked = os::LockFile::is_locked(lock_file);
  return !locked.ok() || *locked;
}

std::optional<uint64_t> SystemProbe::process_start_ticks(pid_t pid) const { return os::process_start_ticks(pid); }

std::optional<int64_t> SystemProbe::heartbeat_age_ns(const Path& heartbeat) const {
  // A file touched now on the same server carries that server's clock; ours may be minutes off.
  const Path touched =
      store_dir_ / "tmp" / fmt::format("clock.{}.{}", getpid(), process_start_ticks(getpid()).value_or(0));
  auto fd = os::open_file(touched, O_WRONLY | O_CREAT, kFileMode);
  if (!fd.ok()) return std::nullopt;
  const bool is_touched = futimens(fd->get(), nullptr) == 0;
  struct stat now {};
  const bool is_read = is_touched && fstat(fd->get(), &now) == 0;
  unlink(touched.c_str());
  const auto beat = os::stat_file(heartbeat);
  if (!is_read || !beat.ok()) return std::nullopt;
  return std::max<int64_t>(0, mtime_ns(now) - mtime_ns(*beat));
}

std::optional<bool> SystemProbe::is_target_alive(const JournalRecord&) const { return std::nullopt; }

DerivedState derive_state(const RunFolder& folder, const RunEvidence& evidence, const LivenessProbe& probe) {
  if (evidence.result) return {evidence.result->state, describe_exit(evidence.result->exit), false, {}};
  const bool is_here = evidence.machine_id.empty() || evidence.machine_id == probe.machine_id();
  if (evidence.exit) {
    if (is_here && probe.is_locked(folder.lock())) return {RunState::finalizing, {}, false, {}};
    return {final_state(*evidence.exit), describe_exit(*evidence.exit), true, {}};
  }
  const JournalRecord* last = evidence.journal.last();
  // A final word in the journal stands, even if the files behind it were damaged since.
  if (last != nullptr && (is_terminal(last->state) || last->state == RunState::lost)) {
    const std::string* reason = last->find("reason");
    return {last->state, reason != nullptr ? *reason : std::string(), false, {}};
  }
  return is_here ? derive_here(folder, evidence.journal, probe) : derive_elsewhere(folder, evidence.journal, probe);
}

std::optional<pid_t> living_payload(const JournalContent& journal, const LivenessProbe& probe) {
  const JournalRecord* starting = journal.last(RunState::starting);
  if (starting == nullptr) return std::nullopt;
  if (starting->boot8 != probe.boot_id().substr(0, 8)) return std::nullopt;
  const auto pid = number_field<pid_t>(*starting, "pid");
  const auto ticks = number_field<uint64_t>(*starting, "start_ticks");
  if (!pid || !ticks || probe.process_start_ticks(*pid) != *ticks) return std::nullopt;
  return pid;
}

}  // namespace aml::store
