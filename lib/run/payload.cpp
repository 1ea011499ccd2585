#include "run/payload.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "os/signals.h"

extern char** environ;

namespace aml::run {
namespace {

enum class Stage : int { log, directory, exec };

// What the child says about itself through a close-on-exec pipe; silence means that the program runs.
struct Failure {
  Stage stage;
  int error_number;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// Everything the child needs, made before the fork.
struct Child {
  const PayloadPlan& plan;
  std::vector<char*> argv;
  std::vector<char*> environment;
  int recorder_lock_fd;
  int gate_read;
  int gate_write;
  int failure_write;
};

[[noreturn]] void fail(const Child& child, Stage stage, int exit_code) {
  const Failure failure{stage, errno};
  [[maybe_unused]] const ssize_t ignored = write(child.failure_write, &failure, sizeof(failure));
  _exit(exit_code);
}

void redirect(const Child& child, const char* path, int flags, int target) {
  const int fd = open(path, flags | O_CLOEXEC);
  if (fd < 0 || dup2(fd, target) < 0) fail(child, Stage::log, 126);
}

[[noreturn]] void become_payload(const Child& child) {
  close(child.recorder_lock_fd);
  close(child.gate_write);
  setpgid(0, 0);
  os::reset_signals_in_child();
  redirect(child, "/dev/null", O_RDONLY, STDIN_FILENO);
  redirect(child, child.plan.out_log.c_str(), O_WRONLY | O_APPEND, STDOUT_FILENO);
  redirect(child, child.plan.err_log.c_str(), O_WRONLY | O_APPEND, STDERR_FILENO);
  if (chdir(child.plan.directory.c_str()) != 0) fail(child, Stage::directory, 126);
  char byte = 0;
  ssize_t count = 0;
  while ((count = read(child.gate_read, &byte, 1)) < 0 && errno == EINTR) continue;
  if (count != 1) _exit(125);
  environ = const_cast<char**>(child.environment.data());
  execvp(child.argv[0], child.argv.data());
  fail(child, Stage::exec, errno == ENOENT ? 127 : 126);
}

ExecFailure describe(const Failure& failure, std::string_view program) {
  const char* reason = strerror(failure.error_number);
  switch (failure.stage) {
    case Stage::log: return {126, fmt::format("cannot open the logs: {}", reason)};
    case Stage::directory: return {126, fmt::format("cannot enter the working directory: {}", reason)};
    case Stage::exec: break;
  }
  return {failure.error_number == ENOENT ? 127 : 126, fmt::format("cannot execute '{}': {}", program, reason)};
}

}  // namespace

Result<GatedPayload> GatedPayload::create(const PayloadPlan& plan, int recorder_lock_fd) {
  os::Pipe gate = TRY(os::make_pipe());
  os::Pipe failure = TRY(os::make_pipe());
  // The parent's copy goes at the end of this function; from then on only the payload's side holds the lock.
  const auto lock = TRY(os::LockFile::try_lock(plan.payload_lock, os::LockMode::exclusive, os::Inherit::yes));
  if (!lock) return Error{ErrorKind::conflict, fmt::format("'{}' is locked already", plan.payload_lock.string())};
  const Child child{plan,
                    pointers(plan.argv),
                    pointers(plan.environment),
                    recorder_lock_fd,
                    gate.read_end.get(),
                    gate.write_end.get(),
                    failure.write_end.get()};
  const pid_t pid = fork();
  if (pid < 0) return error_from_errno(errno, "cannot fork the payload");
  if (pid == 0) become_payload(child);
  setpgid(pid, pid);  // in both, because either may come first
  const auto process = os::process_ref(pid);
  // The child may have failed already; it is still ours to reap, and its number is still its own.
  return GatedPayload(process.value_or(os::ProcessRef{pid, 0}), std::move(gate.write_end), std::move(failure.read_end),
                      plan.argv[0]);
}

Result<std::optional<ExecFailure>> GatedPayload::open_gate() {
  const char byte = 1;
  // EPIPE: the child gave up before the gate, and the failure pipe says why.
  if (write(gate_.get(), &byte, 1) < 0 && errno != EPIPE) return error_from_errno(errno, "cannot start the payload");
  gate_.reset();
  const std::string text = TRY(os::read_all(failure_.get(), "payload", sizeof(Failure)));
  if (text.size() < sizeof(Failure)) return std::optional<ExecFailure>();
  Failure failure{};
  std::memcpy(&failure, text.data(), sizeof(failure));
  return std::optional<ExecFailure>(describe(failure, program_));
}

}  // namespace aml::run
