#include "os/signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "os/atomic_file.h"

namespace aml::os {
namespace {

// A handler can only reach process-wide state. Written by install(), read by the handler.
std::atomic<Cancel*> watched_cancel{nullptr};
std::atomic<int> received_signal{0};
std::atomic<int> wake_write_fd{-1};
std::atomic<int> wake_read_fd{-1};

constexpr std::array kStopSignals = {SIGINT, SIGTERM, SIGHUP};

extern "C" void aml_on_stop_signal(int signal_number) {
  const int saved_errno = errno;
  int expected = 0;
  if (!received_signal.compare_exchange_strong(expected, signal_number)) {
    remove_pending_temporaries();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  if (Cancel* cancel = watched_cancel.load()) cancel->request();
  const char byte = 1;
  [[maybe_unused]] const ssize_t ignored = write(wake_write_fd.load(), &byte, 1);
  errno = saved_errno;
}

}  // namespace

Result<SignalWatch> SignalWatch::install(Cancel& cancel) {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) return error_from_errno(errno, "cannot make a pipe");
  wake_read_fd.store(fds[0]);
  wake_write_fd.store(fds[1]);
  watched_cancel.store(&cancel);
  received_signal.store(0);
  struct sigaction action {};
  // No SA_RESTART: a blocking read of a terminal or pipe must return so that the flag is seen.
  action.sa_handler = aml_on_stop_signal;
  // A second signal must get through while the first is handled; the handler re-raises it with the default action.
  action.sa_flags = SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (const int signal_number : kStopSignals) {
    struct sigaction old {};
    sigaction(signal_number, nullptr, &old);
    if (signal_number == SIGHUP && old.sa_handler == SIG_IGN) continue;  // nohup
    sigaction(signal_number, &action, nullptr);
  }
  signal(SIGPIPE, SIG_IGN);
  return SignalWatch();
}

SignalWatch::SignalWatch(SignalWatch&& other) noexcept : active_(other.active_) { other.active_ = false; }

SignalWatch::~SignalWatch() {
  if (!active_) return;
  for (const int signal_number : kStopSignals) signal(signal_number, SIG_DFL);
  watched_cancel.store(nullptr);
  close(wake_read_fd.exchange(-1));
  close(wake_write_fd.exchange(-1));
}

int SignalWatch::wake_fd() const { return wake_read_fd.load(); }

int SignalWatch::last_signal() { return received_signal.load(); }

void die_of_signal(int signal_number) {
  signal(signal_number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  raise(signal_number);
  _exit(128 + signal_number);
}

void reset_signals_in_child() {
  for (const int signal_number : kStopSignals) signal(signal_number, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGCHLD, SIG_DFL);
  sigset_t empty;
  sigemptyset(&empty);
  sigprocmask(SIG_SETMASK, &empty, nullptr);
}

}  // namespace aml::os
