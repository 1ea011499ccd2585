// Processes: a name for one that survives the reuse of its number, signals that cannot hit a stranger, and short
// helpers whose output is read whole.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "os/file.h"

namespace aml::os {

// A process number together with its start time names one process for as long as the machine is up.
struct ProcessRef {
  pid_t pid = 0;
  uint64_t start_ticks = 0;
  bool operator==(const ProcessRef&) const = default;
};

std::optional<ProcessRef> process_ref(pid_t pid);  // nothing when it does not exist or is a zombie
bool is_alive(const ProcessRef& process);

// Sends the signal through a pidfd that was checked to name the very process; false when that one is gone.
Result<bool> send_signal(const ProcessRef& process, int signal_number);

// The same to the whole process group that `leader` leads; false when the leader is gone, because from then on the
// number of the group may become somebody else's.
Result<bool> send_signal_to_group(const ProcessRef& leader, int signal_number);

// A descriptor that becomes readable when the process ends, for poll(2); empty when it is gone already.
Result<UniqueFd> open_process(const ProcessRef& process);

// Waits until the process is gone; false when `timeout_ms` passed first (negative: no limit). It need not be a child.
Result<bool> wait_until_gone(const ProcessRef& process, int timeout_ms);

// How a child ended: as an exit status of a shell says it, 128 + n for a signal.
struct ChildEnd {
  int exit_code = 0;
  int signal_number = 0;  // 0: it exited by itself
  int shell_status() const { return signal_number != 0 ? 128 + signal_number : exit_code; }
};
ChildEnd child_end_of(int wait_status);

// A helper program found on PATH, with an empty stdin, its stdout read through a pipe and its stderr thrown away. It
// runs beside the caller between start() and finish().
class HelperProcess {
 public:
  static Result<HelperProcess> start(const std::vector<std::string>& argv, const Path& directory);
  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  ~HelperProcess();  // kills and reaps it unless finished

  struct Output {
    ChildEnd end;
    std::string text;
  };
  Result<Output> finish(size_t limit_bytes);

 private:
  HelperProcess(pid_t pid, UniqueFd output, std::string name)
      : pid_(pid), output_(std::move(output)), name_(std::move(name)) {}
  pid_t pid_;
  UniqueFd output_;
  std::string name_;
};

// A program found on PATH that reads what we write and writes what we read, each through a pipe. What it says on
// stderr is kept. Both pipes have to be served at once, or each side waits for the other.
class FilterProcess {
 public:
  static Result<FilterProcess> start(const std::vector<std::string>& argv, const Path& directory);
  FilterProcess(FilterProcess&& other) noexcept;
  FilterProcess& operator=(FilterProcess&&) = delete;
  ~FilterProcess();  // kills and reaps it unless finished

  UniqueFd take_input() { return std::move(input_); }
  UniqueFd take_output() { return std::move(output_); }
  void stop();  // both pipes end soon after

  struct End {
    ChildEnd end;
    std::string last_error_line;  // that is not blank; empty if it said nothing
  };
  Result<End> finish();  // waits until it is gone

 private:
  FilterProcess(pid_t pid, UniqueFd input, UniqueFd output, UniqueFd errors)
      : pid_(pid), input_(std::move(input)), output_(std::move(output)), errors_(std::move(errors)) {}
  pid_t pid_;
  UniqueFd input_, output_;
  UniqueFd errors_;  // a file in memory
};

// "NAME=value" for every variable of this process. For main programs, which pass it down; no library code asks.
std::vector<std::string> current_environment();

}  // namespace aml::os
