#include "cli/exit_code.h"

namespace aml::cli {

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return ExitCode::usage;
    case ErrorKind::partial: return ExitCode::partial;
    case ErrorKind::not_found: return ExitCode::not_found;
    case ErrorKind::conflict: return ExitCode::conflict;
    case ErrorKind::bad_data: return ExitCode::bad_data;
    case ErrorKind::system: return ExitCode::system;
    case ErrorKind::child_failed: return ExitCode::child_failed;
    // Both end by raising the signal itself; the codes are what a shell then reports.
    case ErrorKind::interrupted: return ExitCode{130};
    case ErrorKind::broken_pipe: return ExitCode{141};
  }
  return ExitCode::bug;
}

}  // namespace aml::cli
