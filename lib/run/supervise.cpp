#include "run/supervise.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

#include "run/oom.h"

namespace aml::run {
namespace {

using Steady = std::chrono::steady_clock;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Processes whose parent we are, as a subreaper also those of a payload that is gone. They are not reaped, so their
// numbers are their own.
std::vector<pid_t> own_children() {
  std::vector<pid_t> children;
  const auto text = os::read_file(fmt::format("/proc/self/task/{}/children", getpid()));
  if (!text.ok()) return children;
  const char* at = text->data();
  const char* const end = at + text->size();
  while (at < end) {
    pid_t pid = 0;
    const auto [next, error] = std::from_chars(at, end, pid);
    if (error != std::errc()) break;
    children.push_back(pid);
    at = std::min(next + 1, end);
  }
  return children;
}

class Supervisor {
 public:
  Supervisor(pid_t payload, const RecorderSignals& signals, const SuperviseOptions& options)
      : payload_(payload), signal_fd_(signals.fd()), options_(options), oom_kills_before_(oom_kill_count()) {
    const auto now = Steady::now();
    if (options.timeout_ns) timeout_at_ = now + std::chrono::nanoseconds(*options.timeout_ns);
    if (options.tick_ns > 0) tick_at_ = now + std::chrono::nanoseconds(options.tick_ns);
  }

  store::ExitRecord run(const Clock& clock) {
    for (reap(clock); !is_done(); reap(clock)) {
      wait_for_event();
      read_signals();
      act_on_time(Steady::now());
    }
    describe_end();
    return exit_;
  }

 private:
  bool is_done() const { return has_ended_ && (!has_children_ || is_drained_); }

  void wait_for_event() const {
    std::optional<Steady::time_point> next;
    for (const auto& deadline : {timeout_at_, kill_at_, tick_at_, drain_until_})
      if (deadline && (!next || *deadline < *next)) next = deadline;
    int timeout_ms = -1;
    if (next) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - Steady::now()).count();
      timeout_ms = static_cast<int>(std::clamp<int64_t>(left, 0, 3'600'000));
    }
    pollfd watch{signal_fd_, POLLIN, 0};
    poll(&watch, 1, timeout_ms);  // an early return only goes round once more
  }

  void read_signals() {
    signalfd_siginfo info{};
    while (read(signal_fd_, &info, sizeof(info)) == static_cast<ssize_t>(sizeof(info)))
      if (info.ssi_signo != SIGCHLD) stop(store::ExitReason::cancelled);
  }

  void act_on_time(Steady::time_point now) {
    if (timeout_at_ && now >= *timeout_at_) {
      timeout_at_.reset();
      if (!is_stopping_) stop(store::ExitReason::timeout);
    }
    if (kill_at_ && now >= *kill_at_) kill_all();
    if (drain_until_ && now >= *drain_until_) is_drained_ = true;
    if (tick_at_ && now >= *tick_at_) {
      options_.tick();
      tick_at_ = now + std::chrono::nanoseconds(options_.tick_ns);
    }
  }

  void stop(store::ExitReason reason) {
    if (is_stopping_) return kill_all();
    is_stopping_ = true;
    if (!has_ended_) exit_.reason = reason;
    signal_all(SIGTERM);
    kill_at_ = Steady::now() + std::chrono::nanoseconds(options_.stop_grace_ns);
  }

  void kill_all() {
    signal_all(SIGKILL);
    kill_at_.reset();
    if (has_ended_) is_drained_ = true;
  }

  // The group of a payload that is reaped may be a stranger's by now; its orphans are our children and are reached
  // one by one.
  void signal_all(int signal_number) const {
    if (!has_ended_) kill(-payload_, signal_number);
    for (const pid_t child : own_children())
      if (child != payload_) kill(child, signal_number);
  }

  void reap(const Clock& clock) {
    for (;;) {
      int status = 0;
      rusage usage{};
      const pid_t pid = wait4(-1, &status, WNOHANG, &usage);
      has_children_ = pid >= 0;
      if (pid <= 0) break;
      if (pid == payload_) note_end(status, usage, clock);
    }
    if (has_ended_ && is_stopping_ && has_children_ && !is_drained_) kill_all();
  }

  void note_end(int status, const rusage& usage, const Clock& clock) {
    has_ended_ = true;
    const os::ChildEnd end = os::child_end_of(status);
    if (end.signal_number != 0) exit_.signal = end.signal_number;
    else exit_.code = end.exit_code;
    exit_.ended = clock.now();
    exit_.user_seconds = seconds_of(usage.ru_utime);
    exit_.system_seconds = seconds_of(usage.ru_stime);
    exit_.memory_bytes_max = static_cast<uint64_t>(usage.ru_maxrss) * 1024;
    timeout_at_.reset();
    if (!is_stopping_) drain_until_ = Steady::now() + std::chrono::nanoseconds(options_.drain_ns);
    // 137 is how a shell passes on that its child was killed.
    const bool was_killed = end.signal_number == SIGKILL || end.exit_code == 128 + SIGKILL;
    if (was_killed && !is_stopping_ && oom_kill_count() > oom_kills_before_) exit_.reason = store::ExitReason::oom;
    if (options_.on_end) options_.on_end();
  }

  void describe_end() {
    if (exit_.reason == store::ExitReason::cancelled) exit_.detail = "cancelled";
    if (exit_.reason == store::ExitReason::timeout)
      exit_.detail = fmt::format("ran longer than {}", format_duration(*options_.timeout_ns));
    if (exit_.reason == store::ExitReason::oom) exit_.detail = "out of memory";
    const size_t left = has_children_ && !is_stopping_ ? own_children().size() : 0;
    if (left > 0)
      exit_.detail += fmt::format("{}{} process{} still running when the run ended", exit_.detail.empty() ? "" : "; ",
                                  left, left == 1 ? "" : "es");
  }

  const pid_t payload_;
  const int signal_fd_;
  const SuperviseOptions& options_;
  const uint64_t oom_kills_before_;
  std::optional<Steady::time_point> timeout_at_, kill_at_, tick_at_, drain_until_;
  store::ExitRecord exit_;
  bool has_ended_ = false;
  bool has_children_ = true;
  bool is_stopping_ = false;
  bool is_drained_ = false;
};

}  // namespace

Result<RecorderSignals> RecorderSignals::take_over() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal_number : {SIGCHLD, SIGTERM, SIGINT}) sigaddset(&set, signal_number);
  if (sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return error_from_errno(errno, "cannot block signals");
  for (const int signal_number : {SIGHUP, SIGQUIT, SIGPIPE}) signal(signal_number, SIG_IGN);
  os::UniqueFd fd(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) return error_from_errno(errno, "cannot watch signals");
  return RecorderSignals(std::move(fd));
}

store::ExitRecord supervise(pid_t payload, const RecorderSignals& signals, const SuperviseOptions& options,
                            const Clock& clock) {
  return Supervisor(payload, signals, options).run(clock);
}

}  // namespace aml::run
