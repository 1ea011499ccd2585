// A temporary file for rows that do not fit in memory. It has no name, so nothing is left of it when the process ends,
// however it ends.
#pragma once

#include <span>

#include "os/file.h"

namespace aml::prep {

class SpillFile {
 public:
  static Result<SpillFile> create(const Path& folder);

  uint64_t size() const { return size_; }
  Status append(std::string_view bytes);  // buffered
  Status flush();
  // Fills `buffer` from `offset`; all of it must have been flushed.
  Status read(uint64_t offset, std::span<char> buffer) const;

 private:
  SpillFile(os::UniqueFd fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}

  os::UniqueFd fd_;
  std::string name_;  // for messages
  std::string buffer_;
  uint64_t size_ = 0;
};

}  // namespace aml::prep
