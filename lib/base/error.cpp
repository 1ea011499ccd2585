#include "base/error.h"

#include <cerrno>
#include <system_error>

#include "base/result.h"

namespace aml {

const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::partial: return "partial";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::conflict: return "conflict";
    case ErrorKind::bad_data: return "bad_data";
    case ErrorKind::system: return "system";
    case ErrorKind::child_failed: return "child_failed";
    case ErrorKind::interrupted: return "interrupted";
    case ErrorKind::broken_pipe: return "broken_pipe";
  }
  return "system";
}

Error error_from_errno(int error_number, std::string what) {
  auto kind = ErrorKind::system;
  if (error_number == ENOENT || error_number == ENOTDIR) kind = ErrorKind::not_found;
  if (error_number == EEXIST) kind = ErrorKind::conflict;
  if (error_number == EPIPE) kind = ErrorKind::broken_pipe;
  return Error{kind, std::move(what) + ": " + std::generic_category().message(error_number)};
}

namespace detail {

void ErrorDeleter::operator()(const Error* error) const { delete error; }

ErrorPtr make_error(Error&& error) { return ErrorPtr(new Error(std::move(error))); }

}  // namespace detail
}  // namespace aml
