// Files: descriptors that close themselves, whole-file reads, directories, and durable creation.
// Every error names its path.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sink.h"

namespace aml {
using Path = std::filesystem::path;
}

namespace aml::os {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  ~UniqueFd() { reset(); }
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// open(2) with O_CLOEXEC added; retries on EINTR.
Result<UniqueFd> open_file(const Path& path, int flags, mode_t mode = 0666);

struct Pipe {
  UniqueFd read_end;
  UniqueFd write_end;
};
Result<Pipe> make_pipe();  // both ends close-on-exec

Status write_all(int fd, std::string_view bytes, std::string_view name);
Result<std::string> read_all(int fd, std::string_view name, size_t limit_bytes);
Status sync_file(int fd, std::string_view name);  // fdatasync

inline constexpr size_t kReadFileLimit = size_t{1} << 31;
Result<std::string> read_file(const Path& path, size_t limit_bytes = kReadFileLimit);
Result<struct stat> stat_file(const Path& path);
bool path_exists(const Path& path);
bool is_a_directory(const Path& path);

Status make_directories(const Path& path, mode_t mode = 0777);
Status sync_directory(const Path& path);
Status rename_path(const Path& from, const Path& to);
Status remove_tree(const Path& path);                               // what is gone already is fine
Result<std::vector<std::string>> list_directory(const Path& path);  // names, sorted bytewise, without . and ..

// Reads a descriptor in pieces of `piece_bytes`; owns it unless made by borrow().
class FdSource final : public Source {
 public:
  FdSource(UniqueFd fd, std::string name) : fd_(std::move(fd)), raw_fd_(fd_.get()), name_(std::move(name)) {}
  static FdSource borrow(int fd, std::string name) { return FdSource(fd, std::move(name)); }
  Result<std::string_view> read() override;

 private:
  FdSource(int fd, std::string name) : raw_fd_(fd), name_(std::move(name)) {}
  UniqueFd fd_;
  int raw_fd_;
  std::string name_;
  std::string buffer_;
};

// Buffers writes to a descriptor it does not own; remembers the first errno, because a later flush may
// report nothing (a full disk behind stdout).
class FdSink final : public Sink {
 public:
  FdSink(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  Status write(std::string_view bytes) override;
  Status flush() override;

 private:
  int fd_;
  std::string name_;
  std::string buffer_;
  int first_errno_ = 0;
};

}  // namespace aml::os
