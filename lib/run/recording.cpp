#include "run/recording.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/environment.h"
#include "run/payload.h"
#include "run/supervise.h"
#include "run/work_folder.h"
#include "store/finalize.h"
#include "store/index.h"

namespace aml::run {
namespace {

constexpr std::string_view kPayloadWriter = "payload";

Path params_file(const store::RunFolder& folder) { return folder.dir() / "params.json"; }

// Not atomic and not synced: nobody reads these before the payload starts, and a power failure until then loses the
// run's preparation anyway.
Status write_unsynced(const Path& file, std::string_view text) {
  const os::UniqueFd fd = TRY(os::open_file(file, O_WRONLY | O_CREAT | O_TRUNC, store::kFileMode));
  return os::write_all(fd.get(), text, file.string());
}

// Keeps what is written in place no longer than a few seconds from the disk, without the payload's help.
void sync_metrics(const store::RunFolder& folder) {
  const auto fd = os::open_file(folder.metrics(kPayloadWriter), O_RDONLY);
  if (fd.ok()) static_cast<void>(os::sync_file(fd->get(), "metrics"));  // finalize_run syncs again and tells
}

void beat(const store::RunFolder& folder) {
  const auto fd = os::open_file(folder.heartbeat(), O_WRONLY | O_CREAT, store::kFileMode);
  if (fd.ok()) futimens(fd->get(), nullptr);
}

class Recording {
 public:
  Recording(const store::Store& store, const StartOptions& options, store::NewRun& run, const Clock& clock)
      : store_(store), options_(options), run_(run), folder_(run.folder), clock_(clock) {}

  Status take_its_course() {
    observe(Moment::created);
    TRY(run_.journal.append(store::RunState::preparing, clock_.now(), recorder_fields(), store::Durable::no));
    observe(Moment::preparing);
    const store::ExitRecord exit = TRY(run_payload());
    observe(Moment::ended);
    TRY(store::write_exit_record(folder_, exit));
    observe(Moment::exit_recorded);
    TRY(store::finalize_run(store_, folder_, run_.journal, clock_));
    observe(Moment::finished);
    return clean_work();
  }

 private:
  void observe(Moment moment) const {
    if (options_.observer != nullptr) options_.observer->reached(moment, payload_);
  }

  static std::vector<store::JournalField> recorder_fields() {
    const auto self = os::process_ref(getpid());
    return {{"recorder_pid", fmt::to_string(getpid())},
            {"recorder_ticks", fmt::to_string(self ? self->start_ticks : 0)}};
  }

  store::ExitRecord prep_failed(const Error& error) const {
    return {.reason = store::ExitReason::prep_failed, .detail = error.message, .started = {}, .ended = clock_.now()};
  }

  // An error of this function is one of the store; whatever else goes wrong is an exit record.
  Result<store::ExitRecord> run_payload() {
    const auto signals = TRY(RecorderSignals::take_over());
    auto plan = make_plan();
    if (!plan.ok()) return prep_failed(plan.error());
    auto payload = GatedPayload::create(*plan, run_.lock.fd());
    if (!payload.ok()) return prep_failed(payload.error());
    const os::ProcessRef process = payload->process();
    payload_ = process.pid;
    TRY(run_.journal.append(
        store::RunState::starting, clock_.now(),
        {{"pid", fmt::to_string(process.pid)}, {"start_ticks", fmt::to_string(process.start_ticks)}},
        store::Durable::yes));
    observe(Moment::starting);
    const Instant started = clock_.now();
    TRY(run_.journal.append(store::RunState::running, started, {}, store::Durable::no));
    const auto failure = TRY(payload->open_gate());
    observe(Moment::running);
    store::ExitRecord exit = supervise(process.pid, signals, supervision(), clock_);
    exit.started = started;
    if (failure) {
      exit.code = failure->exit_code;
      exit.detail = failure->detail;
    }
    return exit;
  }

  // The checkout, and the files the payload is pointed to.
  Result<PayloadPlan> make_plan() {
    const store::RunSpec& spec = options_.spec;
    TRY(write_unsynced(folder_.environment_lock(), options_.environment_lock));
    text::Json params = text::Json::object();
    for (const auto& [name, value] : spec.params) params.set(name, value);
    TRY(write_unsynced(params_file(folder_), params.dump_pretty()));
    Path directory = options_.directory;
    if (spec.snapshot) {
      work_ = TRY(WorkFolder::check_out(store_, folder_, *spec.snapshot));
      directory = work_->path() / spec.cwd;
      TRY(os::make_directories(directory));  // an empty folder is in no snapshot
    }
    const PayloadSurroundings surroundings{store_.dir(), params_file(folder_), folder_.metrics(kPayloadWriter)};
    return PayloadPlan{.argv = spec.argv,
                       .environment = payload_environment(options_.environment, folder_, spec, surroundings),
                       .directory = directory,
                       .out_log = folder_.out_log(),
                       .err_log = folder_.err_log(),
                       .payload_lock = folder_.payload_lock()};
  }

  SuperviseOptions supervision() const {
    const bool needs_heartbeat = store::is_network_filesystem(store_.dir());
    if (needs_heartbeat) beat(folder_);
    return {.timeout_ns = options_.spec.timeout_ns,
            .drain_ns = options_.drain_ns,
            .stop_grace_ns = options_.stop_grace_ns,
            .tick_ns = store::kMetricsSyncIntervalNs,
            .tick = [this, needs_heartbeat] {
              sync_metrics(folder_);
              if (needs_heartbeat) beat(folder_);
            }};
  }

  Status clean_work() const {
    if (!work_ || options_.keep_work == KeepWork::always) return {};
    if (options_.keep_work == KeepWork::if_changed && work_->has_changed()) return {};
    return work_->remove();
  }

  const store::Store& store_;
  const StartOptions& options_;
  store::NewRun& run_;
  const store::RunFolder& folder_;
  const Clock& clock_;
  pid_t payload_ = 0;
  std::optional<WorkFolder> work_;
};

}  // namespace

Status record(const store::Store& store, const StartOptions& options, store::NewRun& run, const Clock& clock) {
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return error_from_errno(errno, "cannot become a subreaper");
  return Recording(store, options, run, clock).take_its_course();
}

}  // namespace aml::run
