// The exit codes of aml(7), and the one mapping from errors to them.
#pragma once

#include "base/error.h"

namespace aml::cli {

enum class ExitCode : int {
  ok = 0,
  no = 1,  // the answer is no: diff, check, verify
  usage = 2,
  partial = 3,
  not_found = 4,
  conflict = 5,
  bad_data = 6,
  system = 7,
  child_failed = 8,
  bug = 70,
};

ExitCode exit_code_of(ErrorKind kind);

}  // namespace aml::cli
