#include "run/cancel.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>

#include <array>
#include <cerrno>

#include "os/lock_file.h"
#include "os/process.h"
#include "run/watch.h"
#include "store/finalize.h"
#include "store/run_folder.h"

namespace aml::run {
namespace {

constexpr int kPollMs = 10;
constexpr int kRecordMs = 2'000;
constexpr int kStopGraceMs = 10'000;  // between TERM and KILL for an orphan; the recorder has its own

Error is_elsewhere(const store::RunSummary& run) {
  return Error{ErrorKind::conflict, fmt::format("run '{}' is on host '{}'", run.id.text(), run.spec.host),
               "cancel it there"};
}

Result<store::JournalContent> journal_of(const store::Store& store, const RunId& id) {
  return store::read_journal(store::run_folder(store, id).journal());
}

// The orphan's process, if it still is the one on record.
Result<std::optional<os::ProcessRef>> orphan_of(const store::Store& store, const RunId& id,
                                                const store::LivenessProbe& probe) {
  const auto journal = TRY(journal_of(store, id));
  const auto pid = store::living_payload(journal, probe);
  if (!pid) return std::optional<os::ProcessRef>();
  return os::process_ref(*pid);
}

// A recorder puts itself on record right after the run exists.
Result<os::ProcessRef> recorder_of(const store::Store& store, const RunId& id) {
  for (int waited_ms = 0; waited_ms < kRecordMs; waited_ms += kPollMs) {
    if (const auto recorder = recorder_on_record(TRY(journal_of(store, id)))) return *recorder;
    poll(nullptr, 0, kPollMs);
  }
  return Error{ErrorKind::conflict, fmt::format("run '{}' has no recorder on record yet", id.text()), "try again"};
}

Error goes_on(const store::RunFolder& folder) {
  return Error{ErrorKind::conflict,
               fmt::format("run '{}' goes on in processes that are not on record", folder.id().text()),
               fmt::format("fuser '{}' lists them", folder.payload_lock().string())};
}

// Other processes of the payload's group end a moment after it; the lock they share tells when the last is gone.
Status wait_for_payload_lock(const store::RunFolder& folder, const store::LivenessProbe& probe) {
  for (int waited_ms = 0; probe.is_locked(folder.payload_lock()); waited_ms += kPollMs) {
    if (waited_ms >= kStopGraceMs) return goes_on(folder);
    poll(nullptr, 0, kPollMs);
  }
  return {};
}

Result<CancelOutcome> end_orphan(const store::Store& store, const RunId& id, const store::LivenessProbe& probe) {
  const store::RunFolder folder = store::run_folder(store, id);
  const auto orphan = TRY(orphan_of(store, id, probe));
  if (!orphan) return goes_on(folder);
  TRY(os::send_signal_to_group(*orphan, SIGTERM));
  if (!TRY(os::wait_until_gone(*orphan, kStopGraceMs))) {
    TRY(os::send_signal_to_group(*orphan, SIGKILL));
    TRY(os::wait_until_gone(*orphan, -1));
  }
  TRY(wait_for_payload_lock(folder, probe));
  return CancelOutcome::ended_orphan;
}

Status wait_for_orphan(const os::ProcessRef& orphan, const AdoptOptions& options) {
  const os::UniqueFd process = TRY(os::open_process(orphan));
  if (!process) return {};
  std::array<pollfd, 2> watches{{{process.get(), POLLIN, 0}, {options.wake_fd, POLLIN, 0}}};
  while (watches[0].revents == 0 && watches[1].revents == 0)
    if (poll(watches.data(), watches.size(), -1) < 0 && errno != EINTR)
      return error_from_errno(errno, "cannot wait for the payload");
  if (watches[0].revents == 0) return Error{ErrorKind::interrupted, "interrupted; the run goes on"};
  return {};
}

}  // namespace

Result<CancelOutcome> cancel(const store::Store& store, const RunId& id, const store::LivenessProbe& probe) {
  TRY(store.check_writable());
  const store::RunSummary run = TRY(store::read_run(store, id, probe));
  if (!store::is_alive(run.state)) return CancelOutcome::over_already;
  if (!run.spec.machine_id.empty() && run.spec.machine_id != probe.machine_id()) return is_elsewhere(run);
  if (run.state == store::RunState::orphan) return end_orphan(store, id, probe);
  const os::ProcessRef recorder = TRY(recorder_of(store, id));
  if (TRY(os::send_signal(recorder, SIGTERM))) return CancelOutcome::asked;
  return CancelOutcome::over_already;
}

Result<store::RunSummary> adopt(const store::Store& store, const RunId& id, const store::LivenessProbe& probe,
                                const Clock& clock, const AdoptOptions& options) {
  TRY(store.check_writable());
  const store::RunSummary run = TRY(store::read_run(store, id, probe));
  if (store::is_terminal(run.state) && !run.needs_finalizing) return run;
  const store::RunFolder folder = store::run_folder(store, id);
  const auto lock = TRY(os::LockFile::try_lock(folder.lock(), os::LockMode::exclusive));
  if (!lock)
    return Error{ErrorKind::conflict, fmt::format("run '{}' has a living recorder", id.text()),
                 "amlrun logs -f follows it"};
  if (const auto orphan = TRY(orphan_of(store, id, probe))) TRY(wait_for_orphan(*orphan, options));
  auto journal = TRY(store::JournalWriter::open(folder.journal(), probe.boot_id()));
  if (TRY(store::read_exit_record(folder))) {
    TRY(store::finalize_run(store, folder, journal, clock));
  } else if (journal.state() != store::RunState::lost) {
    TRY(journal.append(store::RunState::lost, clock.now(), {{"reason", "recorder gone, exit unknown"}},
                       store::Durable::yes));
  }
  return store::read_run(store, id, probe);
}

}  // namespace aml::run
