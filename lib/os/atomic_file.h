// A file that appears whole or not at all: written as a temporary sibling, synced, then renamed over the target.
// Every file a user may see is written through this class.
#pragma once

#include "os/file.h"

namespace aml::os {

enum class Overwrite : uint8_t { no, yes };

class AtomicFile final : public Sink {
 public:
  // With Overwrite::no an existing target is a conflict, found now and again at commit().
  static Result<AtomicFile> create(const Path& target, Overwrite overwrite, mode_t mode = 0666);
  ~AtomicFile() override;  // removes the temporary unless commit() succeeded
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  Status write(std::string_view bytes) override;
  Status flush() override;
  int fd() const { return fd_.get(); }
  Status commit();  // flush, fdatasync, rename, fsync of the directory

 private:
  AtomicFile(Path target, Path temporary, UniqueFd fd, Overwrite overwrite);
  Path target_;
  Path temporary_;  // empty once committed or moved from
  UniqueFd fd_;
  Overwrite overwrite_;
  std::string buffer_;
};

Status write_file_atomically(const Path& target, std::string_view bytes, Overwrite overwrite, mode_t mode = 0666);

// Unlinks every temporary of this process that is not committed yet; async-signal-safe, for a second INT
// and other deaths that run no destructors.
void remove_pending_temporaries();

}  // namespace aml::os
