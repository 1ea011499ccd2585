// INT, TERM and HUP become a flag and a readable descriptor; PIPE is ignored so that EPIPE unwinds normally.
#pragma once

#include "base/cancel.h"
#include "base/result.h"

namespace aml::os {

// Installs the handlers; one live object per process. The first signal requests `cancel`, the second removes
// pending temporaries and ends the process at once.
class SignalWatch {
 public:
  static Result<SignalWatch> install(Cancel& cancel);
  SignalWatch(SignalWatch&& other) noexcept;
  SignalWatch& operator=(SignalWatch&&) = delete;
  ~SignalWatch();  // restores the default handlers

  int wake_fd() const;       // becomes readable at the first signal; for poll(2)
  static int last_signal();  // 0 when none came

 private:
  SignalWatch() = default;
  bool active_ = true;
};

// Restores default handling of `signal_number` and raises it, so that the parent sees how we ended.
[[noreturn]] void die_of_signal(int signal_number);

// For a forked child before exec: default handlers and an empty mask.
void reset_signals_in_child();

}  // namespace aml::os
