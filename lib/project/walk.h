// One pass over a project's tree: what belongs to its snapshot, with sizes and times, and nothing read or copied.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/file.h"
#include "project/ignore.h"

namespace aml::project {

// What the kernel says about a file; equal stamps mean equal content, with the exception stat_cache.h handles.
struct FileStamp {
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t size = 0;
  int64_t mtime_ns = 0;
  int64_t ctime_ns = 0;
  bool operator==(const FileStamp&) const = default;
};

enum class FileKind : uint8_t { file, executable, symlink };

struct WalkedFile {
  std::string path;  // relative to the root, with '/'
  FileKind kind = FileKind::file;
  FileStamp stamp;
  std::string link_target = {};  // of a symlink
};

struct IgnoredPath {
  std::string path;  // a directory ends in '/'
  std::string rule;
};

struct SnapshotLimits {
  uint64_t bytes_max = uint64_t{256} << 20;
  uint64_t file_bytes_max = uint64_t{32} << 20;
  uint64_t files_max = 20'000;
};

struct Walk {
  std::vector<WalkedFile> files;     // sorted bytewise
  std::vector<IgnoredPath> ignored;  // what stood at the border; nothing below an ignored directory
  std::vector<std::string> special;  // sockets, pipes and devices, which no snapshot can hold
  uint64_t bytes = 0;
};

Result<Walk> walk_project(const Path& root, const IgnoreOptions& options);

// bad_data that names the ten largest files and the line to add to .amlignore.
Status check_limits(const Walk& walk, const SnapshotLimits& limits);

FileStamp stamp_of(const struct stat& info);

}  // namespace aml::project
