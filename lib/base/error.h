// What went wrong, in words a person can act on. Every fallible function of the library returns one of these
// inside a Result; only the command line turns it into text on stderr and an exit code.
#pragma once

#include <cstdint>
#include <string>

namespace aml {

// The kinds are the rows of the exit code table in aml(7); cli/exit_code.h has the one mapping.
enum class ErrorKind : uint8_t {
  usage,         // the command, a flag or a configuration file is wrong
  partial,       // some inputs failed, the rest is done
  not_found,     // store, run, model or file the user named is not there
  conflict,      // locked, moved, or exists already
  bad_data,      // parse, schema or checksum failure in data
  system,        // disk, permission, network
  child_failed,  // a process we started for the user failed
  interrupted,   // a signal asked us to stop
  broken_pipe,   // the reader of our output went away; never reported, only unwound
};

// Message grammar: lower-case start, no full stop, what failed first, subject in single quotes, numbers with
// units, "file:line:column: " in front where a place is known. The hint says what the user can do.
struct Error {
  ErrorKind kind = ErrorKind::system;
  std::string message;
  std::string hint = {};
};

// The short name used in `--json` errors: "not_found", "bad_data", ...
const char* name_of(ErrorKind kind);

// An Error of kind system (or not_found for ENOENT, conflict for EEXIST, broken_pipe for EPIPE), with the
// text of `error_number` behind `what`: "cannot open 'a.csv': No such file or directory".
Error error_from_errno(int error_number, std::string what);

}  // namespace aml
