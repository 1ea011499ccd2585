#include "cli/exit_code.h"

#include <doctest/doctest.h>

using namespace aml;
using cli::exit_code_of;
using cli::ExitCode;

TEST_CASE("every kind of error has the exit code that aml(7) names") {
  CHECK(exit_code_of(ErrorKind::usage) == ExitCode::usage);
  CHECK(exit_code_of(ErrorKind::partial) == ExitCode::partial);
  CHECK(exit_code_of(ErrorKind::not_found) == ExitCode::not_found);
  CHECK(exit_code_of(ErrorKind::conflict) == ExitCode::conflict);
  CHECK(exit_code_of(ErrorKind::bad_data) == ExitCode::bad_data);
  CHECK(exit_code_of(ErrorKind::system) == ExitCode::system);
  CHECK(exit_code_of(ErrorKind::child_failed) == ExitCode::child_failed);
  CHECK(static_cast<int>(exit_code_of(ErrorKind::interrupted)) == 130);
  CHECK(static_cast<int>(exit_code_of(ErrorKind::broken_pipe)) == 141);
}
