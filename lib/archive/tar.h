// Tar files in the two directions: written reproducibly (the same entries give the same bytes on every machine) and
// unpacked safely (nothing outside the destination is ever touched). Used for snapshots, image layers and archives.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/sink.h"
#include "os/file.h"

namespace aml::archive {

enum class EntryKind : uint8_t { file, directory, symlink };

// One member to be written. `path` is relative, with '/' between its parts and none at either end.
struct TarEntry {
  std::string path;
  EntryKind kind = EntryKind::file;
  mode_t mode = 0644;            // permission bits; others are dropped
  std::string content = {};      // of a file
  Path content_path = {};        // of a file, instead of content: where to copy it from (not a symbolic link)
  std::string link_target = {};  // of a symlink, kept as it is
};

// The same for all entries, because what differs between machines must not reach the bytes.
struct TarOptions {
  int64_t uid = 0;
  int64_t gid = 0;
  int64_t mtime_s = 0;  // seconds since 1970
};

struct TarResult {
  Digest digest;               // of the tar as written
  uint64_t bytes = 0;          // of the tar
  uint64_t files = 0;          // regular files in it
  uint64_t content_bytes = 0;  // of those files
};

// Writes entries sorted by path, as pax (plain ustar where that is enough). Two entries of one path, a path that is
// absolute or holds "..", and a file that changes while it is read are errors.
Result<TarResult> write_tar(Sink& sink, std::vector<TarEntry> entries, const TarOptions& options = {});

enum class LinkTargets : uint8_t { inside, any };  // where symbolic links may point

struct ExtractOptions {
  uint64_t entries_max = 1'000'000;
  uint64_t bytes_max = uint64_t{1} << 40;  // of all file contents together
  size_t path_bytes_max = 4096;
  LinkTargets link_targets = LinkTargets::inside;
};

struct ExtractResult {
  uint64_t files = 0;
  uint64_t bytes = 0;
};

// Unpacks an uncompressed tar into `destination`, which is made if need be. Every path is walked part by part
// without following links; absolute paths, "..", devices, links that leave the destination (unless allowed) and
// members that exist already are bad data. Permission bits are restored, owners, times and setuid bits are not.
Result<ExtractResult> extract_tar(Source& source, const Path& destination, const ExtractOptions& options = {});

// Reads the members of an uncompressed tar one after the other without touching the disk.
class TarVisitor {
 public:
  virtual ~TarVisitor() = default;
  // Called for each regular file; `content` is valid during the call and may be left unread.
  virtual Status file(std::string_view path, uint64_t bytes, Source& content) = 0;
};
Status read_tar(Source& source, TarVisitor& visitor, const ExtractOptions& limits = {});

}  // namespace aml::archive
