// Whether a run is alive is worked out from the kernel each time it is asked, never read from a word that a dying
// process was meant to change.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/time.h"
#include "store/exit_record.h"
#include "store/journal.h"
#include "store/run_folder.h"
#include "store/run_result.h"
#include "store/run_spec.h"

namespace aml::store {

// The facts about machine, boot and processes; tests replace it to stage a reboot or a reused process number.
class LivenessProbe {
 public:
  virtual ~LivenessProbe() = default;
  virtual std::string machine_id() const = 0;
  virtual std::string boot_id() const = 0;
  virtual Instant now() const = 0;
  virtual bool is_locked(const Path& lock_file) const = 0;
  virtual std::optional<uint64_t> process_start_ticks(pid_t pid) const = 0;

  // How long ago the heartbeat file was touched, by the clock of the file server that holds it; nothing when there
  // is no heartbeat, or no way to ask that clock.
  virtual std::optional<int64_t> heartbeat_age_ns(const Path& heartbeat) const = 0;

  // Whether the container or application of the STARTING record runs; nothing when that cannot be known.
  virtual std::optional<bool> is_target_alive(const JournalRecord& starting) const = 0;
};

class SystemProbe final : public LivenessProbe {
 public:
  explicit SystemProbe(Path store_dir);
  std::string machine_id() const override { return machine_id_; }
  std::string boot_id() const override { return boot_id_; }
  Instant now() const override;
  bool is_locked(const Path& lock_file) const override;
  std::optional<uint64_t> process_start_ticks(pid_t pid) const override;
  std::optional<int64_t> heartbeat_age_ns(const Path& heartbeat) const override;
  std::optional<bool> is_target_alive(const JournalRecord& starting) const override;

 private:
  Path store_dir_;
  std::string machine_id_;
  std::string boot_id_;
};

// What the files of a run say.
struct RunEvidence {
  std::string machine_id;  // of the spec; empty when it is damaged: then this machine is assumed
  JournalContent journal;
  std::optional<ExitRecord> exit;
  std::optional<RunResult> result;
};

struct DerivedState {
  RunState state = RunState::created;
  std::string reason = {};            // of lost: "reboot", "killed", "prep"; of failed: "exit 3", "signal 11"
  bool needs_finalizing = false;      // an exit record waits for finalize_run
  std::optional<Instant> since = {};  // of silent: the last heartbeat
  bool operator==(const DerivedState&) const = default;
};

DerivedState derive_state(const RunFolder& folder, const RunEvidence& evidence, const LivenessProbe& probe);

// For `cancel`: the payload's process of the last STARTING record, if it still is that very process.
std::optional<pid_t> living_payload(const JournalContent& journal, const LivenessProbe& probe);

}  // namespace aml::store
