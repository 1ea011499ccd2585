#include "run/work_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "project/snapshot.h"

namespace aml::run {
namespace {

using Files = std::map<std::string, project::FileStamp>;

// By name, size and times: two stamps that agree although the content differs would take a write within one tick of
// the clock that keeps the size, to a file that the snapshot holds anyway.
bool add_files(const Path& root, const std::string& directory, Files& files) {
  const auto names = os::list_directory(root / directory);
  if (!names.ok()) return false;
  for (const std::string& name : *names) {
    if (name == "__pycache__" || name == ".ipynb_checkpoints" || name == ".mypy_cache") continue;
    const std::string path = directory.empty() ? name : fmt::format("{}/{}", directory, name);
    struct stat info {};
    if (lstat((root / path).c_str(), &info) != 0) return false;
    if (S_ISDIR(info.st_mode) && !add_files(root, path, files)) return false;
    if (!S_ISDIR(info.st_mode)) files.emplace(path, project::stamp_of(info));
  }
  return true;
}

}  // namespace

Result<WorkFolder> WorkFolder::check_out(const store::Store& store, const store::RunFolder& folder,
                                         const Digest& snapshot) {
  const Path path = folder.work();
  TRY(project::restore_snapshot(store, snapshot, path));
  if (!os::path_exists(path / "outputs") && symlink("../outputs", (path / "outputs").c_str()) != 0)
    return error_from_errno(errno, fmt::format("cannot link '{}'", (path / "outputs").string()));
  Files files;
  if (!add_files(path, "", files)) return error_from_errno(errno, fmt::format("cannot list '{}'", path.string()));
  return WorkFolder(path, std::move(files));
}

bool WorkFolder::has_changed() const {
  Files now;
  if (!add_files(path_, "", now)) return true;
  return std::any_of(now.begin(), now.end(), [&](const auto& entry) {
    const auto found = files_.find(entry.first);
    return found == files_.end() || found->second != entry.second;
  });
}

Status WorkFolder::remove() const { return os::remove_tree(path_); }

}  // namespace aml::run
