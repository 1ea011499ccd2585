// Remembers the digest of each file by what the kernel says about it, so that an unchanged tree is not read again. A
// cache: it may be lost, damaged or deleted at any time.
//
//   #aml-stat-cache 1
//   tree TAB manifest digest TAB snapshot digest                                        of the last snapshots
//   file TAB device TAB inode TAB size TAB mtime_ns TAB ctime_ns TAB sha256 TAB path
//
// A file changed twice within one tick of the file system's clock keeps its times (git calls it racy). So an entry is
// saved only when both of its times lie before the moment the walk began, on that very clock.
#pragma once

#include <optional>
#include <unordered_map>

#include "base/digest.h"
#include "project/walk.h"

namespace aml::project {

class StatCache {
 public:
  static StatCache load(const Path& file);  // empty when missing or not understood

  // The digest of the file with this very stamp; nothing when it must be read.
  std::optional<Digest> find(const std::string& path, const FileStamp& stamp) const;
  std::optional<Digest> find_snapshot(const Digest& manifest) const;

  void remember(const std::string& path, const FileStamp& stamp, const Digest& digest);
  void remember_snapshot(const Digest& manifest, const Digest& snapshot);
  bool has_changed() const { return has_changed_; }

  // Writes the entries of `files` only, so that deleted files are forgotten, and no racy ones.
  Status save(const Path& file, const std::vector<WalkedFile>& files, int64_t walk_began_ns) const;

 private:
  struct Entry {
    FileStamp stamp;
    Digest digest;
  };
  struct Tree {
    Digest manifest;
    Digest snapshot;
  };
  bool read_line(std::string_view line);

  std::unordered_map<std::string, Entry> entries_;
  std::vector<Tree> trees_;  // oldest first
  bool has_changed_ = false;
};

// The time now on the clock of the file system that holds `directory`, asked by touching a file there: a network
// server's clock is not ours, and the kernel stamps files with a coarser one than clock_gettime shows.
Result<int64_t> file_system_now_ns(const Path& directory);

}  // namespace aml::project
