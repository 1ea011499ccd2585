// Every cell that became an error, as CSV: file, line, column, step, reason, text. The file appears whole at the end.
#pragma once

#include <optional>

#include "os/atomic_file.h"
#include "prep/failures.h"

namespace aml::prep {

class RejectFile {
 public:
  // Without a path nothing is written.
  static Result<RejectFile> create(const std::optional<std::string>& path, os::Overwrite overwrite);

  void add(const Reject& reject);
  uint64_t count() const { return count_; }

  // The first error of writing, if there was one.
  Status commit();

 private:
  explicit RejectFile(std::optional<os::AtomicFile> file) : file_(std::move(file)) {}

  std::optional<os::AtomicFile> file_;
  std::string line_;
  Status status_;
  uint64_t count_ = 0;
};

}  // namespace aml::prep
