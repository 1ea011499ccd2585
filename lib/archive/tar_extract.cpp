// Unpacking without trusting the archive. Every directory on the way is opened with O_NOFOLLOW relative to its
// parent, so a link that an earlier member planted can never be written through; links are created but not followed.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "archive/tar_reader.h"

namespace aml::archive {
namespace {

struct Place {
  os::UniqueFd parent;
  std::string name;
};

Error refused(std::string_view path, std::string_view why) {
  return Error{ErrorKind::bad_data, fmt::format("refused archive member '{}': {}", path, why)};
}

// Creation errors: what exists already was put there by an earlier member or by somebody else, and is left alone.
Error creation_error(int error_number, std::string_view path) {
  if (error_number == EEXIST) return refused(path, "it exists already");
  if (error_number == ELOOP || error_number == ENOTDIR) return refused(path, "its path leads through a link or a file");
  Error error = error_from_errno(error_number, fmt::format("cannot unpack '{}'", path));
  error.kind = ErrorKind::system;
  return error;
}

class Extractor {
 public:
  Extractor(os::UniqueFd root, const ExtractOptions& options) : root_(std::move(root)), options_(options) {}

  Result<ExtractResult> run(TarReader& reader) {
    for (uint64_t count = 0;; ++count) {
      archive_entry* entry = TRY(reader.next());
      if (entry == nullptr) break;
      if (count == options_.entries_max)
        return Error{ErrorKind::bad_data, fmt::format("the archive has more than {} members", options_.entries_max)};
      const std::string path = TRY(clean_member_path(entry, options_));
      TRY(unpack(path, entry, reader.content()));
    }
    TRY(restore_directory_modes());
    return result_;
  }

 private:
  struct DirectoryMode {
    std::string path;
    mode_t mode;
  };

  Status unpack(const std::string& path, archive_entry* entry, Source& content) {
    const auto type = archive_entry_filetype(entry);
    const mode_t mode = archive_entry_perm(entry) & 0777;
    if (path.empty()) return type == AE_IFDIR ? Status() : Status(refused(".", "the root must be a directory"));
    if (const char* target = archive_entry_hardlink(entry)) return make_hard_link(path, target);
    if (type == AE_IFREG) return make_file(path, mode, content);
    if (type == AE_IFDIR) return make_directory(path, mode);
    if (type == AE_IFLNK) {
      const char* target = archive_entry_symlink(entry);
      return make_symlink(path, target != nullptr ? target : "");
    }
    return refused(path, "devices, pipes and sockets are not unpacked");
  }

  // Opens the directory that holds `path`, making missing ones on the way.
  Result<Place> open_parent(std::string_view path) {
    os::UniqueFd directory(fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
    if (!directory) return creation_error(errno, path);
    std::string_view rest = path;
    for (size_t slash = rest.find('/'); slash != rest.npos; slash = rest.find('/')) {
      const std::string part(rest.substr(0, slash));
      rest.remove_prefix(slash + 1);
      if (mkdirat(directory.get(), part.c_str(), 0777) != 0 && errno != EEXIST) return creation_error(errno, path);
      os::UniqueFd next(openat(directory.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!next) return creation_error(errno, path);
      directory = std::move(next);
    }
    return Place{std::move(directory), std::string(rest)};
  }

  Status make_file(const std::string& path, mode_t mode, Source& content) {
    const Place place = TRY(open_parent(path));
    const os::UniqueFd fd(
        openat(place.parent.get(), place.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) return creation_error(errno, path);
    for (;;) {
      const std::string_view piece = TRY(content.read());
      if (piece.empty()) break;
      result_.bytes += piece.size();
      if (result_.bytes > options_.bytes_max)
        return Error{ErrorKind::bad_data, fmt::format("the archive unpacks to more than {} bytes", options_.bytes_max)};
      TRY(os::write_all(fd.get(), piece, path));
    }
    if (fchmod(fd.get(), mode) != 0) return creation_error(errno, path);
    ++result_.files;
    return {};
  }

  // A directory stays writable for us until all its members are there.
  Status make_directory(const std::string& path, mode_t mode) {
    const Place place = TRY(open_parent(path));
    if (mkdirat(place.parent.get(), place.name.c_str(), 0700) != 0) {
      if (errno != EEXIST) return creation_error(errno, path);
      const os::UniqueFd fd(
          openat(place.parent.get(), place.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!fd) return creation_error(errno, path);
    }
    directory_modes_.push_back({path, mode});
    return {};
  }

  Status make_symlink(const std::string& path, const std::string& target) {
    if (target.empty()) return refused(path, "it is a link to nothing");
    if (options_.link_targets == LinkTargets::inside && !stays_inside(path, target))
      return refused(path, fmt::format("it links to '{}' outside the archive", target));
    const Place place = TRY(open_parent(path));
    if (symlinkat(target.c_str(), place.parent.get(), place.name.c_str()) != 0) return creation_error(errno, path);
    return {};
  }

  // ".." may only stand at the front of a target and not climb above the root: further on, it could follow another
  // link and climb from there.
  static bool stays_inside(std::string_view path, std::string_view target) {
    if (target.starts_with('/')) return false;
    auto climbs_left = std::count(path.begin(), path.end(), '/');
    bool may_climb = true;
    while (!target.empty()) {
      const size_t slash = std::min(target.find('/'), target.size());
      const std::string_view part = target.substr(0, slash);
      target.remove_prefix(std::min(slash + 1, target.size()));
      if (part == ".." && (!may_climb || climbs_left-- == 0)) return false;
      may_climb = may_climb && (part == ".." || part == "." || part.empty());
    }
    return true;
  }

  Status make_hard_link(const std::string& path, const std::string& target) {
    if (target.empty() || target.starts_with('/') || ("/" + target + "/").find("/../") != std::string::npos)
      return refused(path, fmt::format("it is a hard link to '{}' outside the archive", target));
    const Place source = TRY(open_parent(target));
    const Place place = TRY(open_parent(path));
    struct stat info {};
    if (fstatat(source.parent.get(), source.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode))
      return refused(path, fmt::format("it is a hard link to '{}', which is not a file of the archive", target));
    if (linkat(source.parent.get(), source.name.c_str(), place.parent.get(), place.name.c_str(), 0) != 0)
      return creation_error(errno, path);
    ++result_.files;
    return {};
  }

  // Innermost first, because a parent may lose the right to be entered.
  Status restore_directory_modes() {
    std::sort(directory_modes_.begin(), directory_modes_.end(),
              [](const DirectoryMode& a, const DirectoryMode& b) { return a.path > b.path; });
    for (const auto& [path, mode] : directory_modes_) {
      const Place place = TRY(open_parent(path));
      const os::UniqueFd fd(
          openat(place.parent.get(), place.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (!fd || fchmod(fd.get(), mode) != 0) return creation_error(errno, path);
    }
    return {};
  }

  os::UniqueFd root_;
  ExtractOptions options_;
  ExtractResult result_;
  std::vector<DirectoryMode> directory_modes_;
};

}  // namespace

Result<ExtractResult> extract_tar(Source& source, const Path& destination, const ExtractOptions& options) {
  TRY(os::make_directories(destination));
  os::UniqueFd root = TRY(os::open_file(destination, O_RDONLY | O_DIRECTORY));
  TarReader reader(source);
  TRY(reader.open());
  return Extractor(std::move(root), options).run(reader);
}

Status read_tar(Source& source, TarVisitor& visitor, const ExtractOptions& limits) {
  TarReader reader(source);
  TRY(reader.open());
  for (uint64_t count = 0;; ++count) {
    archive_entry* entry = TRY(reader.next());
    if (entry == nullptr) return {};
    if (count == limits.entries_max)
      return Error{ErrorKind::bad_data, fmt::format("the archive has more than {} members", limits.entries_max)};
    const std::string path = TRY(clean_member_path(entry, limits));
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) continue;
    TRY(visitor.file(path, static_cast<uint64_t>(archive_entry_size(entry)), reader.content()));
  }
}

}  // namespace aml::archive
