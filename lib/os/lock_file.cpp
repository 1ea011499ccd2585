#include "os/lock_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>

namespace aml::os {
namespace {

// True when locked, false when somebody else holds it.
Result<bool> flock_fd(int fd, int operation, const Path& path) {
  for (;;) {
    if (flock(fd, operation) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) return error_from_errno(errno, fmt::format("cannot lock '{}'", path.string()));
  }
}

}  // namespace

Result<std::optional<LockFile>> LockFile::try_lock(const Path& path, LockMode mode, Inherit inherit) {
  UniqueFd fd = TRY(open_file(path, O_RDWR | O_CREAT));
  const int operation = (mode == LockMode::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  if (!TRY(flock_fd(fd.get(), operation, path))) return std::optional<LockFile>();
  if (inherit == Inherit::yes) fcntl(fd.get(), F_SETFD, 0);
  return std::optional<LockFile>(LockFile(std::move(fd)));
}

Result<LockFile> LockFile::lock(const Path& path, LockMode mode) {
  UniqueFd fd = TRY(open_file(path, O_RDWR | O_CREAT));
  TRY(flock_fd(fd.get(), mode == LockMode::shared ? LOCK_SH : LOCK_EX, path));
  return LockFile(std::move(fd));
}

Result<bool> LockFile::is_locked(const Path& path) {
  auto fd = open_file(path, O_RDONLY);
  if (!fd.ok() && fd.error().kind == ErrorKind::not_found) return false;
  if (!fd.ok()) return std::move(fd).error();
  return !TRY(flock_fd(fd->get(), LOCK_SH | LOCK_NB, path));
}

}  // namespace aml::os
