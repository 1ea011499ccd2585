#include "run/recorder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "os/signals.h"
#include "run/recording.h"
#include "text/json.h"

namespace aml::run {
namespace {

constexpr int kReportFd = 3;  // in the recorder: where it tells start() how the beginning went
constexpr size_t kReportBytesMax = size_t{1} << 20;

text::Json report_of(const Status& status) {
  if (status.ok()) return text::Json::object({{"ok", true}});
  const Error& error = status.error();
  return text::Json::object({{"kind", static_cast<int>(error.kind)}, {"message", error.message}, {"hint", error.hint}});
}

Status status_from(std::string_view report) {
  const auto json = text::parse_json(report, {.name = "recorder"});
  if (!json.ok()) return Error{ErrorKind::system, "the recorder ended before the run existed"};
  if ((*json)["ok"].as_bool() == true) return {};
  return Error{static_cast<ErrorKind>(json->int_or("kind", static_cast<int>(ErrorKind::system))),
               json->string_or("message", ""), json->string_or("hint", "")};
}

// Leaves the caller behind: its session, its terminal, its signals and every descriptor it had open, so that nobody
// who waits for a pipe of ours to close has to wait for the run.
bool detach_from_caller(int report_fd) {
  setsid();
  os::reset_signals_in_child();
  signal(SIGPIPE, SIG_IGN);
  const int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null_fd < 0) return false;
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (dup2(null_fd, fd) < 0) return false;
  if (report_fd != kReportFd && dup2(report_fd, kReportFd) < 0) return false;
  fcntl(kReportFd, F_SETFD, FD_CLOEXEC);
  return syscall(SYS_close_range, kReportFd + 1, UINT_MAX, 0) == 0;
}

Result<store::NewRun> create(const store::Store& store, const StartOptions& options, const Clock& clock) {
  store::NewRun run = TRY(store::create_run(store, options.spec));
  for (const auto& [key, value] : options.tags) TRY(store::set_tag(run.folder, key, value, clock.now()));
  return run;
}

[[noreturn]] void be_recorder(const store::Store& store, const StartOptions& options, const Clock& clock,
                              int report_fd) {
  if (!detach_from_caller(report_fd)) _exit(1);
  auto run = create(store, options, clock);
  const Status created = run.ok() ? Status() : Status(run.error());
  static_cast<void>(os::write_all(kReportFd, report_of(created).dump(), "report"));  // the caller may be gone
  close(kReportFd);
  if (!run.ok()) _exit(1);
  // A store that cannot be written leaves no better place to say so: the run is derived to be lost.
  _exit(record(store, options, *run, clock).ok() ? 0 : 1);
}

}  // namespace

Result<RunHandle> start(const store::Store& store, const StartOptions& options, const Clock& clock) {
  AML_CHECK(!options.spec.argv.empty());
  os::Pipe report = TRY(os::make_pipe());
  const pid_t pid = fork();
  if (pid < 0) return error_from_errno(errno, "cannot fork the recorder");
  if (pid == 0) be_recorder(store, options, clock, report.write_end.get());
  report.write_end.reset();
  const auto recorder = os::process_ref(pid);
  const std::string text = TRY(os::read_all(report.read_end.get(), "recorder", kReportBytesMax));
  const Status status = status_from(text);
  if (status.ok()) return RunHandle{options.spec.id, recorder.value_or(os::ProcessRef{pid, 0})};
  waitpid(pid, nullptr, 0);
  return status.error();
}

}  // namespace aml::run
