#include "os/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "os/machine.h"

extern char** environ;

namespace aml::os {
namespace {

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

// The attributes and file actions of posix_spawn, freed together.
struct SpawnPlan {
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

void use_default_signals(SpawnPlan& plan) {
  sigset_t set;
  sigemptyset(&set);
  posix_spawnattr_setsigmask(&plan.attributes, &set);
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD}) sigaddset(&set, signal_number);
  posix_spawnattr_setsigdefault(&plan.attributes, &set);
  posix_spawnattr_setflags(&plan.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

Result<pid_t> spawn(const std::vector<std::string>& argv, const SpawnPlan& plan) {
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int failure = posix_spawnp(&pid, argv[0].c_str(), &plan.actions, &plan.attributes, arguments.data(), environ);
  if (failure != 0) return error_from_errno(failure, fmt::format("cannot run '{}'", argv[0]));
  return pid;
}

// The last line with something on it among the last bytes of a file.
std::string last_line_of(int fd) {
  constexpr off_t kTailBytes = 8192;
  const off_t size = lseek(fd, 0, SEEK_END);
  std::string tail(static_cast<size_t>(std::clamp<off_t>(size, 0, kTailBytes)), '\0');
  const ssize_t count = pread(fd, tail.data(), tail.size(), std::max<off_t>(0, size - kTailBytes));
  tail.resize(count > 0 ? static_cast<size_t>(count) : 0);
  const size_t last = tail.find_last_not_of(" \t\r\n");
  if (last == std::string::npos) return {};
  tail.resize(last + 1);
  return tail.substr(tail.find_last_of('\n') + 1);
}

}  // namespace

std::optional<ProcessRef> process_ref(pid_t pid) {
  const auto ticks = process_start_ticks(pid);
  if (!ticks) return std::nullopt;
  return ProcessRef{pid, *ticks};
}

bool is_alive(const ProcessRef& process) {
  return process.pid > 0 && process_start_ticks(process.pid) == process.start_ticks;
}

Result<UniqueFd> open_process(const ProcessRef& process) {
  UniqueFd fd(static_cast<int>(syscall(SYS_pidfd_open, process.pid, 0)));
  if (!fd && (errno == ESRCH || errno == EINVAL)) return UniqueFd();
  if (!fd) return error_from_errno(errno, fmt::format("cannot watch process {}", process.pid));
  // Compared after opening: from here on the descriptor, not the number, is the name.
  if (!is_alive(process)) return UniqueFd();
  return fd;
}

Result<bool> send_signal(const ProcessRef& process, int signal_number) {
  const UniqueFd fd = TRY(open_process(process));
  if (!fd) return false;
  if (syscall(SYS_pidfd_send_signal, fd.get(), signal_number, nullptr, 0) == 0) return true;
  if (errno == ESRCH) return false;
  return error_from_errno(errno, fmt::format("cannot signal process {}", process.pid));
}

Result<bool> send_signal_to_group(const ProcessRef& leader, int signal_number) {
  if (!is_alive(leader)) return false;
  if (kill(-leader.pid, signal_number) == 0) return true;
  if (errno == ESRCH) return false;
  return error_from_errno(errno, fmt::format("cannot signal process group {}", leader.pid));
}

Result<bool> wait_until_gone(const ProcessRef& process, int timeout_ms) {
  const UniqueFd fd = TRY(open_process(process));
  if (!fd) return true;
  pollfd watch{fd.get(), POLLIN, 0};
  int ready = 0;
  while ((ready = poll(&watch, 1, timeout_ms)) < 0 && errno == EINTR) continue;
  if (ready < 0) return error_from_errno(errno, fmt::format("cannot wait for process {}", process.pid));
  return ready > 0;
}

ChildEnd child_end_of(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {.signal_number = WTERMSIG(wait_status)};
  return {.exit_code = WEXITSTATUS(wait_status)};
}

Result<HelperProcess> HelperProcess::start(const std::vector<std::string>& argv, const Path& directory) {
  Pipe pipe = TRY(make_pipe());
  SpawnPlan plan;
  posix_spawn_file_actions_addopen(&plan.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&plan.actions, pipe.write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&plan.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addchdir_np(&plan.actions, directory.c_str());
  use_default_signals(plan);
  const pid_t pid = TRY(spawn(argv, plan));
  return HelperProcess(pid, std::move(pipe.read_end), argv[0]);
}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), output_(std::move(other.output_)), name_(std::move(other.name_)) {}

HelperProcess::~HelperProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGKILL);  // our own child and not reaped yet, so the number is still its own
  wait_for(pid_);
}

Result<HelperProcess::Output> HelperProcess::finish(size_t limit_bytes) {
  auto text = read_all(output_.get(), name_, limit_bytes);
  if (!text.ok()) kill(pid_, SIGKILL);
  const ChildEnd end = child_end_of(wait_for(std::exchange(pid_, 0)));
  if (!text.ok()) return std::move(text).error();
  return Output{end, std::move(*text)};
}

Result<FilterProcess> FilterProcess::start(const std::vector<std::string>& argv, const Path& directory) {
  Pipe input = TRY(make_pipe());
  Pipe output = TRY(make_pipe());
  UniqueFd errors(memfd_create("stderr", MFD_CLOEXEC));
  if (!errors) return error_from_errno(errno, "cannot keep what a program says");
  SpawnPlan plan;
  posix_spawn_file_actions_adddup2(&plan.actions, input.read_end.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, output.write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, errors.get(), STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&plan.actions, directory.c_str());
  use_default_signals(plan);
  const pid_t pid = TRY(spawn(argv, plan));
  return FilterProcess(pid, std::move(input.write_end), std::move(output.read_end), std::move(errors));
}

FilterProcess::FilterProcess(FilterProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)),
      errors_(std::move(other.errors_)) {}

FilterProcess::~FilterProcess() {
  if (pid_ == 0) return;
  stop();
  wait_for(pid_);
}

void FilterProcess::stop() {
  if (pid_ != 0) kill(pid_, SIGKILL);  // our own child and not reaped yet, so the number is still its own
}

Result<FilterProcess::End> FilterProcess::finish() {
  const ChildEnd end = child_end_of(wait_for(std::exchange(pid_, 0)));
  return End{end, last_line_of(errors_.get())};
}

std::vector<std::string> current_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    variables.emplace_back(*variable);
  return variables;
}

}  // namespace aml::os
