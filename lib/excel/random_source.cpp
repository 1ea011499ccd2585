#include "excel/random_source.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace aml::excel {
namespace {

Error ends_early(const std::string& name, uint64_t offset, size_t wanted, uint64_t size) {
  return {ErrorKind::bad_data,
          fmt::format("'{}' is cut short: {} bytes wanted at byte {}, the file has {}", name, wanted, offset, size),
          "fetch or save the file again"};
}

class FileBytes final : public RandomSource {
 public:
  FileBytes(os::UniqueFd fd, std::string name, uint64_t size)
      : fd_(std::move(fd)), name_(std::move(name)), size_(size) {}
  uint64_t size() const override { return size_; }
  const std::string& name() const override { return name_; }

  Status read_at(uint64_t offset, std::span<char> out) const override {
    for (size_t done = 0; done < out.size();) {
      const ssize_t count = ::pread(fd_.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return error_from_errno(errno, fmt::format("cannot read '{}'", name_));
      if (count == 0) return ends_early(name_, offset, out.size(), size_);
      done += static_cast<size_t>(count);
    }
    return {};
  }

 private:
  os::UniqueFd fd_;
  std::string name_;
  uint64_t size_;
};

class HeldBytes final : public RandomSource {
 public:
  HeldBytes(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {}
  uint64_t size() const override { return bytes_.size(); }
  const std::string& name() const override { return name_; }

  Status read_at(uint64_t offset, std::span<char> out) const override {
    if (offset > bytes_.size() || out.size() > bytes_.size() - offset)
      return ends_early(name_, offset, out.size(), bytes_.size());
    if (!out.empty()) std::memcpy(out.data(), bytes_.data() + offset, out.size());
    return {};
  }

 private:
  std::string bytes_;
  std::string name_;
};

}  // namespace

Result<std::string> read_bytes(const RandomSource& source, uint64_t offset, size_t count) {
  if (offset > source.size() || count > source.size() - offset)
    return ends_early(source.name(), offset, count, source.size());
  std::string bytes(count, '\0');
  TRY(source.read_at(offset, bytes));
  return bytes;
}

std::shared_ptr<const RandomSource> make_random_source(os::UniqueFd fd, uint64_t bytes, std::string name) {
  return std::make_shared<FileBytes>(std::move(fd), std::move(name), bytes);
}

std::shared_ptr<const RandomSource> make_random_source(std::string bytes, std::string name) {
  return std::make_shared<HeldBytes>(std::move(bytes), std::move(name));
}

}  // namespace aml::excel
