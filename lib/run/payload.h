// The payload's process: forked early, held behind a gate, and turned into the user's program only when the recorder
// has its number and start time on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "os/lock_file.h"
#include "os/process.h"

namespace aml::run {

struct PayloadPlan {
  std::vector<std::string> argv;         // argv[0] is looked up on the PATH of `environment`
  std::vector<std::string> environment;  // "NAME=value", all of it
  Path directory;
  Path out_log;  // appended to
  Path err_log;
  Path payload_lock;  // held by the payload and whatever it starts, for as long as any of them lives
};

// Why the program did not start; the payload's process has ended with `exit_code` then.
struct ExecFailure {
  int exit_code = 126;  // 127 when there is no such program
  std::string detail;
};

class GatedPayload {
 public:
  // `recorder_lock_fd` is closed in the child at once, so that the lock goes when the recorder goes.
  static Result<GatedPayload> create(const PayloadPlan& plan, int recorder_lock_fd);

  const os::ProcessRef& process() const { return process_; }

  // Lets the program start; gives the reason when it could not. If the recorder dies before, the child sees the gate
  // close and ends without having done anything.
  Result<std::optional<ExecFailure>> open_gate();

 private:
  GatedPayload(os::ProcessRef process, os::UniqueFd gate, os::UniqueFd failure, std::string program)
      : process_(process), gate_(std::move(gate)), failure_(std::move(failure)), program_(std::move(program)) {}
  os::ProcessRef process_;
  os::UniqueFd gate_;
  os::UniqueFd failure_;
  std::string program_;
};

}  // namespace aml::run
