#include "run/follow.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "run/watch.h"
#include "store/run_folder.h"

namespace aml::run {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;
// How long to wait before looking at the logs again: shorter after news, longer without. No inotify: closing one takes
// the kernel 20 ms, more than all the rest of a short run, and it knows nothing of network filesystems.
constexpr int kPollMinMs = 5;
constexpr int kPollMaxMs = 160;

// Copies what a log has grown by since the last call.
class LogTail {
 public:
  static Result<LogTail> open(const Path& path, Sink* sink) {
    if (sink == nullptr) return LogTail({}, nullptr, {});
    return LogTail(TRY(os::open_file(path, O_RDONLY)), sink, path.string());
  }

  // Gives the number of bytes copied.
  Result<size_t> copy_new() {
    if (sink_ == nullptr) return size_t{0};
    size_t copied = 0;
    for (;;) {
      const ssize_t count = read(fd_.get(), piece_.data(), piece_.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", name_));
      if (count == 0) break;
      TRY(sink_->write(std::string_view(piece_.data(), static_cast<size_t>(count))));
      copied += static_cast<size_t>(count);
    }
    if (copied > 0) TRY(sink_->flush());
    return copied;
  }

 private:
  LogTail(os::UniqueFd fd, Sink* sink, std::string name) : fd_(std::move(fd)), sink_(sink), name_(std::move(name)) {}
  os::UniqueFd fd_;
  Sink* sink_;
  std::string name_;
  std::string piece_ = std::string(kPieceBytes, '\0');
};

}  // namespace

Result<store::RunSummary> follow(const store::Store& store, const RunId& id, const FollowOptions& options) {
  const store::SystemProbe probe(store.dir());
  store::RunSummary run = TRY(store::read_run(store, id, probe));
  const store::RunFolder folder = store::run_folder(store, id);
  LogTail out = TRY(LogTail::open(folder.out_log(), options.out));
  LogTail err = TRY(LogTail::open(folder.err_log(), options.err));
  RecorderWatch recorder(store, id);
  int wake_fd = options.wake_fd;
  for (int wait_ms = kPollMinMs;; wait_ms = std::min(wait_ms * 2, kPollMaxMs)) {
    const bool is_over = recorder.is_gone();
    if (TRY(out.copy_new()) + TRY(err.copy_new()) > 0) wait_ms = kPollMinMs;
    if (is_over || options.until == Until::now) break;
    // A negative descriptor is skipped; for a reader that left only POLLERR is ever told.
    std::array<pollfd, 3> watches{{{recorder.fd(), POLLIN, 0}, {wake_fd, POLLIN, 0}, {options.reader_fd, 0, 0}}};
    poll(watches.data(), watches.size(), wait_ms);
    if ((watches[1].revents & POLLIN) != 0) {
      TRY(options.on_wake());
      wake_fd = -1;
    }
    if ((watches[2].revents & POLLERR) != 0) return error_from_errno(EPIPE, "cannot write the log");
  }
  return store::read_run(store, id, probe);
}

std::optional<int> shell_status(const store::RunSummary& run) {
  if (run.state == store::RunState::timeout) return 124;
  if (run.state == store::RunState::prep_failed) return 125;
  if (!store::is_terminal(run.state)) return std::nullopt;
  if (run.exit_signal) return 128 + *run.exit_signal;
  return run.exit_code;
}

}  // namespace aml::run
