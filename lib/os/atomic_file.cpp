#include "os/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>

namespace aml::os {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;
constexpr size_t kPendingMax = 64;
constexpr size_t kPendingPathMax = 4096;

// A fixed table, because a signal handler may neither allocate nor lock. A slot that is not free holds a path
// ended by NUL. More than kPendingMax open temporaries are not registered and survive only a hard kill.
struct PendingSlot {
  std::atomic<int> state{0};  // 0 free, 1 being filled, 2 holds a path
  std::array<char, kPendingPathMax> path{};
};
std::array<PendingSlot, kPendingMax> pending_slots;  // process-wide by nature: signals are, too

void remember(const Path& path) {
  const std::string& text = path.native();
  if (text.size() >= kPendingPathMax) return;
  for (PendingSlot& slot : pending_slots) {
    int expected = 0;
    if (!slot.state.compare_exchange_strong(expected, 1)) continue;
    std::memcpy(slot.path.data(), text.c_str(), text.size() + 1);
    slot.state.store(2);
    return;
  }
}

void forget(const Path& path) {
  for (PendingSlot& slot : pending_slots)
    if (slot.state.load() == 2 && path.native() == slot.path.data()) slot.state.store(0);
}

Error exists_already(const Path& target) {
  return Error{ErrorKind::conflict, fmt::format("'{}' exists already", target.string()), "use -f to replace it"};
}

}  // namespace

void remove_pending_temporaries() {
  for (PendingSlot& slot : pending_slots)
    if (slot.state.load() == 2) unlink(slot.path.data());
}

AtomicFile::AtomicFile(Path target, Path temporary, UniqueFd fd, Overwrite overwrite)
    : target_(std::move(target)), temporary_(std::move(temporary)), fd_(std::move(fd)), overwrite_(overwrite) {
  remember(temporary_);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, Path())),
      fd_(std::move(other.fd_)),
      overwrite_(other.overwrite_),
      buffer_(std::move(other.buffer_)) {}

AtomicFile::~AtomicFile() {
  if (temporary_.empty()) return;
  unlink(temporary_.c_str());
  forget(temporary_);
}

Result<AtomicFile> AtomicFile::create(const Path& target, Overwrite overwrite, mode_t mode) {
  if (is_a_directory(target))
    return Error{ErrorKind::conflict, fmt::format("'{}' is a directory", target.string()), "name a file"};
  if (overwrite == Overwrite::no && path_exists(target)) return exists_already(target);
  static std::atomic<unsigned> counter{0};
  for (;;) {
    Path temporary = target;
    temporary.replace_filename(
        fmt::format(".{}.{}-{}.tmp", target.filename().string(), getpid(), counter.fetch_add(1)));
    const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd >= 0) return AtomicFile(target, std::move(temporary), UniqueFd(fd), overwrite);
    // A process with our number may have died and left its temporary; take the next name.
    if (errno != EEXIST) return error_from_errno(errno, fmt::format("cannot create '{}'", target.string()));
  }
}

Status AtomicFile::write(std::string_view bytes) {
  buffer_.append(bytes);
  return buffer_.size() >= kBufferBytes ? flush() : Status();
}

Status AtomicFile::flush() {
  TRY(write_all(fd_.get(), buffer_, target_.string()));
  buffer_.clear();
  return {};
}

Status AtomicFile::commit() {
  TRY(flush());
  TRY(sync_file(fd_.get(), target_.string()));
  if (overwrite_ == Overwrite::no) {
    // link(2) fails where rename(2) would silently replace a file made since create().
    if (link(temporary_.c_str(), target_.c_str()) != 0)
      return errno == EEXIST ? exists_already(target_)
                             : error_from_errno(errno, fmt::format("cannot create '{}'", target_.string()));
    unlink(temporary_.c_str());
  } else {
    TRY(rename_path(temporary_, target_));
  }
  forget(temporary_);
  temporary_.clear();
  const Path directory = target_.parent_path();
  return sync_directory(directory.empty() ? Path(".") : directory);
}

Status write_file_atomically(const Path& target, std::string_view bytes, Overwrite overwrite, mode_t mode) {
  AtomicFile file = TRY(AtomicFile::create(target, overwrite, mode));
  TRY(file.write(bytes));
  return file.commit();
}

}  // namespace aml::os
