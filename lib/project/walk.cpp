#include "project/walk.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <map>

#include "base/bytes.h"

namespace aml::project {
namespace {

constexpr size_t kDepthMax = 200;
constexpr size_t kEntriesMax = 5'000'000;  // a walk beyond this is a mistake, not a project
constexpr size_t kLargestNamed = 10;

Result<std::string> read_link(const Path& path) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = readlink(path.c_str(), target.data(), target.size());
  if (length < 0) return error_from_errno(errno, fmt::format("cannot read link '{}'", path.string()));
  return std::string(target.data(), static_cast<size_t>(length));
}

class Walker {
 public:
  Walker(const Path& root, IgnoreRules& rules) : root_(root), rules_(rules) {}

  Status walk_directory(const std::string& directory, size_t depth) {
    if (depth > kDepthMax)
      return Error{ErrorKind::bad_data, fmt::format("'{}' is nested deeper than {} folders", directory, kDepthMax)};
    for (const std::string& name : TRY(os::list_directory(root_ / directory)))
      TRY(visit(directory.empty() ? name : fmt::format("{}/{}", directory, name), depth));
    return {};
  }

  Walk take() && {
    const auto by_path = [](const WalkedFile& a, const WalkedFile& b) { return a.path < b.path; };
    std::sort(walk_.files.begin(), walk_.files.end(), by_path);
    return std::move(walk_);
  }

 private:
  Status visit(const std::string& path, size_t depth) {
    if (++entries_ > kEntriesMax)
      return Error{ErrorKind::bad_data, fmt::format("'{}' holds more than {} files", root_.string(), kEntriesMax),
                   "start in the project's own folder, or leave folders out in .amlignore"};
    struct stat info {};
    if (lstat((root_ / path).c_str(), &info) != 0) {
      if (errno == ENOENT) return {};  // gone since the folder was listed
      return error_from_errno(errno, fmt::format("cannot read '{}'", path));
    }
    if (S_ISDIR(info.st_mode)) return visit_directory(path, depth);
    const Verdict verdict = rules_.decide(path, PathKind::file);
    if (verdict.ignored) {
      walk_.ignored.push_back({path, verdict.rule});
      return {};
    }
    return add_file(path, info);
  }

  Status visit_directory(const std::string& path, size_t depth) {
    Verdict verdict = rules_.decide(path, PathKind::directory);
    if (!verdict.ignored && os::path_exists(root_ / path / "pyvenv.cfg"))
      verdict = {true, "built-in: a virtual environment (pyvenv.cfg)"};
    if (!rules_.is_worth_entering(path, verdict)) {
      walk_.ignored.push_back({path + "/", verdict.rule});
      return {};
    }
    TRY(rules_.enter(path, verdict));
    TRY(walk_directory(path, depth + 1));
    rules_.leave();
    return {};
  }

  Status add_file(const std::string& path, const struct stat& info) {
    WalkedFile file{.path = path, .stamp = stamp_of(info)};
    if (S_ISLNK(info.st_mode)) {
      file.kind = FileKind::symlink;
      file.link_target = TRY(read_link(root_ / path));
    } else if (!S_ISREG(info.st_mode)) {
      walk_.special.push_back(path);
      return {};
    } else {
      if ((info.st_mode & S_IXUSR) != 0) file.kind = FileKind::executable;
      walk_.bytes += file.stamp.size;
    }
    walk_.files.push_back(std::move(file));
    return {};
  }

  const Path& root_;
  IgnoreRules& rules_;
  size_t entries_ = 0;
  Walk walk_;
};

std::string list_largest(const Walk& walk) {
  std::vector<const WalkedFile*> largest;
  for (const WalkedFile& file : walk.files) largest.push_back(&file);
  const size_t count = std::min(kLargestNamed, largest.size());
  const auto by_size = [](const WalkedFile* a, const WalkedFile* b) {
    return a->stamp.size != b->stamp.size ? a->stamp.size > b->stamp.size : a->path < b->path;
  };
  std::partial_sort(largest.begin(), largest.begin() + static_cast<ptrdiff_t>(count), largest.end(), by_size);
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += fmt::format("{}'{}' ({})", i == 0 ? "" : ", ", largest[i]->path, format_size(largest[i]->stamp.size));
  return text;
}

enum class Weight : uint8_t { bytes, files };

// The top-level folder or file that weighs most: the line most worth adding to .amlignore.
std::string heaviest_entry(const Walk& walk, Weight weight) {
  std::map<std::string, uint64_t> weights;
  for (const WalkedFile& file : walk.files) {
    const size_t slash = file.path.find('/');
    weights[file.path.substr(0, slash == std::string::npos ? slash : slash + 1)] +=
        weight == Weight::files ? 1 : file.stamp.size;
  }
  const auto heavier = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto heaviest = std::max_element(weights.begin(), weights.end(), heavier);
  return heaviest == weights.end() ? std::string() : heaviest->first;
}

Error over_limit(const Walk& walk, const std::string& what, const std::string& line) {
  return Error{ErrorKind::bad_data,
               fmt::format("the snapshot would be too large: {}; largest: {}", what, list_largest(walk)),
               fmt::format("add the line '/{}' to .amlignore, or raise the limit under 'snapshot:' in aml.yaml", line)};
}

int64_t to_ns(const struct timespec& time) { return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

}  // namespace

FileStamp stamp_of(const struct stat& info) {
  return {.device = info.st_dev,
          .inode = info.st_ino,
          .size = static_cast<uint64_t>(info.st_size),
          .mtime_ns = to_ns(info.st_mtim),
          .ctime_ns = to_ns(info.st_ctim)};
}

Result<Walk> walk_project(const Path& root, const IgnoreOptions& options) {
  IgnoreRules rules = TRY(IgnoreRules::open(root, options));
  Walker walker(root, rules);
  TRY(walker.walk_directory("", 0));
  return std::move(walker).take();
}

Status check_limits(const Walk& walk, const SnapshotLimits& limits) {
  for (const WalkedFile& file : walk.files)
    if (file.kind != FileKind::symlink && file.stamp.size > limits.file_bytes_max)
      return over_limit(walk,
                        fmt::format("'{}' has {}, at most {} per file", file.path, format_size(file.stamp.size),
                                    format_size(limits.file_bytes_max)),
                        file.path);
  if (walk.files.size() > limits.files_max)
    return over_limit(walk, fmt::format("{} files, at most {}", walk.files.size(), limits.files_max),
                      heaviest_entry(walk, Weight::files));
  if (walk.bytes > limits.bytes_max)
    return over_limit(walk, fmt::format("{}, at most {}", format_size(walk.bytes), format_size(limits.bytes_max)),
                      heaviest_entry(walk, Weight::bytes));
  return {};
}

}  // namespace aml::project
