#include "os/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace aml::os {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;
constexpr size_t kSinkBytes = size_t{256} << 10;

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

}  // namespace

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) close(fd_);
  fd_ = fd;
}

Result<UniqueFd> open_file(const Path& path, int flags, mode_t mode) {
  for (;;) {
    const int fd = open(path.c_str(), flags | O_CLOEXEC, mode);
    if (fd >= 0) return UniqueFd(fd);
    if (errno != EINTR) return error_from_errno(errno, fmt::format("cannot open '{}'", path.string()));
  }
}

Result<Pipe> make_pipe() {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) != 0) return error_from_errno(errno, "cannot make a pipe");
  return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

Status write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      Error error = error_from_errno(errno, fmt::format("cannot write '{}'", name));
      if (error.kind != ErrorKind::broken_pipe) error.kind = ErrorKind::system;
      return error;
    }
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return {};
}

Result<std::string> read_all(int fd, std::string_view name, size_t limit_bytes) {
  std::string text;
  for (;;) {
    const size_t old_size = text.size();
    text.resize(old_size + kPieceBytes);
    const ssize_t count = ::read(fd, text.data() + old_size, kPieceBytes);
    text.resize(old_size + static_cast<size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", name));
    if (text.size() > limit_bytes)
      return Error{ErrorKind::bad_data, fmt::format("'{}' is larger than {} bytes", name, limit_bytes)};
    if (count == 0) return text;
  }
}

Status sync_file(int fd, std::string_view name) {
  // EINVAL and EROFS: the descriptor is a pipe or a device, which has nothing to sync.
  if (fdatasync(fd) == 0 || errno == EINVAL || errno == EROFS) return {};
  return error_from_errno(errno, fmt::format("cannot sync '{}'", name));
}

Result<std::string> read_file(const Path& path, size_t limit_bytes) {
  const UniqueFd fd = TRY(open_file(path, O_RDONLY));
  return read_all(fd.get(), path.string(), limit_bytes);
}

Result<struct stat> stat_file(const Path& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return error_from_errno(errno, fmt::format("cannot read '{}'", path.string()));
  return info;
}

bool path_exists(const Path& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0;
}

bool is_a_directory(const Path& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Status make_directories(const Path& path, mode_t mode) {
  if (path.empty() || is_a_directory(path)) return {};
  if (path.has_parent_path() && path.parent_path() != path) TRY(make_directories(path.parent_path(), mode));
  if (mkdir(path.c_str(), mode) == 0 || is_a_directory(path)) return {};
  return error_from_errno(errno, fmt::format("cannot make directory '{}'", path.string()));
}

Status sync_directory(const Path& path) {
  const UniqueFd fd = TRY(open_file(path, O_RDONLY | O_DIRECTORY));
  if (fsync(fd.get()) == 0 || errno == EINVAL || errno == EROFS) return {};
  return error_from_errno(errno, fmt::format("cannot sync '{}'", path.string()));
}

Status rename_path(const Path& from, const Path& to) {
  if (rename(from.c_str(), to.c_str()) == 0) return {};
  return error_from_errno(errno, fmt::format("cannot rename '{}' to '{}'", from.string(), to.string()));
}

Status remove_tree(const Path& path) {
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (!error || error == std::errc::no_such_file_or_directory) return {};
  return error_from_errno(error.value(), fmt::format("cannot remove '{}'", path.string()));
}

Result<std::vector<std::string>> list_directory(const Path& path) {
  const std::unique_ptr<DIR, CloseDirectory> directory(opendir(path.c_str()));
  if (!directory) return error_from_errno(errno, fmt::format("cannot list '{}'", path.string()));
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return error_from_errno(errno, fmt::format("cannot list '{}'", path.string()));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string_view> FdSource::read() {
  buffer_.resize(kPieceBytes);
  for (;;) {
    const ssize_t count = ::read(raw_fd_, buffer_.data(), buffer_.size());
    if (count >= 0) return std::string_view(buffer_.data(), static_cast<size_t>(count));
    if (errno != EINTR) return error_from_errno(errno, fmt::format("cannot read '{}'", name_));
  }
}

Status FdSink::write(std::string_view bytes) {
  if (first_errno_ != 0) return flush();
  buffer_.append(bytes);
  return buffer_.size() >= kSinkBytes ? flush() : Status();
}

Status FdSink::flush() {
  size_t written = 0;
  while (first_errno_ == 0 && written < buffer_.size()) {
    const ssize_t count = ::write(fd_, buffer_.data() + written, buffer_.size() - written);
    if (count >= 0) written += static_cast<size_t>(count);
    if (count < 0 && errno != EINTR) first_errno_ = errno;
  }
  buffer_.clear();
  if (first_errno_ == 0) return {};
  Error error = error_from_errno(first_errno_, fmt::format("cannot write '{}'", name_));
  if (error.kind != ErrorKind::broken_pipe) error.kind = ErrorKind::system;
  return error;
}

}  // namespace aml::os
