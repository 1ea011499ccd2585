#include "store/run_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "store/store.h"

namespace aml::store {
namespace {
// A reader is in the way for microseconds, unless it loses the processor just then.
constexpr int kLockAttempts = 200;
constexpr useconds_t kLockPauseMicroseconds = 1000;
}  // namespace

RunFolder run_folder(const Store& store, const RunId& id) { return RunFolder(id, store.run_dir(id)); }

Result<std::optional<os::LockFile>> take_run_lock(const RunFolder& folder) {
  for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
    auto lock = TRY(os::LockFile::try_lock(folder.lock(), os::LockMode::exclusive));
    if (lock || TRY(os::LockFile::is_locked(folder.lock()))) return lock;
    usleep(kLockPauseMicroseconds);
  }
  return std::optional<os::LockFile>();
}

Status make_reserve(const RunFolder& folder) {
  const os::UniqueFd fd = TRY(os::open_file(folder.reserve(), O_WRONLY | O_CREAT, kFileMode));
  const int error = posix_fallocate(fd.get(), 0, static_cast<off_t>(kReserveBytes));
  // A filesystem that cannot set space aside is not worth failing a run for.
  if (error == 0 || error == EOPNOTSUPP || error == EINVAL) return {};
  return error_from_errno(error, fmt::format("cannot reserve {} bytes in '{}'", kReserveBytes, folder.dir().string()));
}

bool release_reserve(const RunFolder& folder) { return unlink(folder.reserve().c_str()) == 0; }

}  // namespace aml::store
