// Advisory whole-file locks (flock). The kernel drops a lock when the last descriptor of its open file goes,
// which is what makes "is the owner alive" answerable without asking the owner.
#pragma once

#include <optional>

#include "os/file.h"

namespace aml::os {

enum class LockMode : uint8_t { shared, exclusive };
enum class Inherit : uint8_t { no, yes };  // whether children keep the lock across exec

class LockFile {
 public:
  // Creates the file if needed. try_lock gives nothing when somebody else holds it.
  static Result<std::optional<LockFile>> try_lock(const Path& path, LockMode mode, Inherit inherit = Inherit::no);
  static Result<LockFile> lock(const Path& path, LockMode mode);  // waits

  // True when somebody holds the file exclusively. A missing file is not locked.
  static Result<bool> is_locked(const Path& path);

  int fd() const { return fd_.get(); }

 private:
  explicit LockFile(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace aml::os
