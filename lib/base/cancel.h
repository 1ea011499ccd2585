// A request to stop, raised by a signal handler or another thread and looked at once per batch.
#pragma once

#include <atomic>

#include "base/error.h"
#include "base/result.h"

namespace aml {

class Cancel {
 public:
  void request() { requested_.store(true, std::memory_order_relaxed); }
  bool is_requested() const { return requested_.load(std::memory_order_relaxed); }

  // An interrupted error once a stop was asked for.
  Status check() const {
    if (is_requested()) return Error{ErrorKind::interrupted, "interrupted"};
    return {};
  }

 private:
  std::atomic<bool> requested_{false};
};

}  // namespace aml
