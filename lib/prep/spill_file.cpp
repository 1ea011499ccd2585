#include "prep/spill_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "os/temporary_file.h"

namespace aml::prep {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;

Error with_hint(const Error& error) {
  return {error.kind, error.message, "TMPDIR names the folder of temporary files; --memory lets more stay in memory"};
}

}  // namespace

Result<SpillFile> SpillFile::create(const Path& folder) {
  auto fd = os::open_nameless_file(folder);
  if (!fd.ok()) return with_hint(fd.error());
  return SpillFile(std::move(fd).value(), fmt::format("a temporary file in '{}'", folder.string()));
}

Status SpillFile::append(std::string_view bytes) {
  buffer_.append(bytes);
  size_ += bytes.size();
  return buffer_.size() < kBufferBytes ? Status() : flush();
}

Status SpillFile::flush() {
  auto written = os::write_all(fd_.get(), buffer_, name_);
  buffer_.clear();
  if (!written.ok()) return with_hint(written.error());
  return {};
}

Status SpillFile::read(uint64_t offset, std::span<char> buffer) const {
  while (!buffer.empty()) {
    const ssize_t count = pread(fd_.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return error_from_errno(errno, "cannot read " + name_);
    if (count == 0) return Error{ErrorKind::system, name_ + " became shorter while it was used"};
    offset += static_cast<uint64_t>(count);
    buffer = buffer.subspan(static_cast<size_t>(count));
  }
  return {};
}

}  // namespace aml::prep
