#include "run/follow.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "run/watch.h"
#include "store/run_folder.h"

namespace aml::run {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;
constexpr int kPollMs = 500;  // where the kernel does not tell of changes: network filesystems

// Copies what a log has grown by since the last call.
class LogTail {
 public:
  static Result<LogTail> open(const Path& path, Sink* sink) {
    if (sink == nullptr) return LogTail({}, nullptr, {});
    return LogTail(TRY(os::open_file(path, O_RDONLY)), sink, path.string());
  }

  Status copy_new() {
    if (sink_ == nullptr) return {};
    std::string piece(kPieceBytes, '\0');
    for (;;) {
      const ssize_t count = read(fd_.get(), piece.data(), piece.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", name_));
      if (count == 0) return sink_->flush();
      TRY(sink_->write(std::string_view(piece.data(), static_cast<size_t>(count))));
    }
  }

 private:
  LogTail(os::UniqueFd fd, Sink* sink, std::string name) : fd_(std::move(fd)), sink_(sink), name_(std::move(name)) {}
  os::UniqueFd fd_;
  Sink* sink_;
  std::string name_;
};

// Readable when one of the logs grew. Without inotify the poll interval alone has to do.
os::UniqueFd watch_logs(const store::RunFolder& folder) {
  os::UniqueFd fd(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!fd) return fd;
  for (const Path& log : {folder.out_log(), folder.err_log()}) inotify_add_watch(fd.get(), log.c_str(), IN_MODIFY);
  return fd;
}

void forget_events(int fd) {
  std::array<char, 4096> events{};
  while (read(fd, events.data(), events.size()) > 0) continue;
}

}  // namespace

Result<store::RunSummary> follow(const store::Store& store, const RunId& id, const FollowOptions& options) {
  const store::SystemProbe probe(store.dir());
  store::RunSummary run = TRY(store::read_run(store, id, probe));
  const store::RunFolder folder = store::run_folder(store, id);
  LogTail out = TRY(LogTail::open(folder.out_log(), options.out));
  LogTail err = TRY(LogTail::open(folder.err_log(), options.err));
  const os::UniqueFd logs = watch_logs(folder);
  RecorderWatch recorder(store, id);
  int wake_fd = options.wake_fd;
  for (;;) {
    const bool is_over = recorder.is_gone();
    TRY(out.copy_new());
    TRY(err.copy_new());
    if (is_over || options.until == Until::now) break;
    // A negative descriptor is skipped; for a reader that left only POLLERR is ever told.
    std::array<pollfd, 4> watches{
        {{recorder.fd(), POLLIN, 0}, {logs.get(), POLLIN, 0}, {wake_fd, POLLIN, 0}, {options.reader_fd, 0, 0}}};
    poll(watches.data(), watches.size(), kPollMs);
    if ((watches[2].revents & POLLIN) != 0) {
      TRY(options.on_wake());
      wake_fd = -1;
    }
    if ((watches[3].revents & POLLERR) != 0) return error_from_errno(EPIPE, "cannot write the log");
    if ((watches[1].revents & POLLIN) != 0) forget_events(logs.get());
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
