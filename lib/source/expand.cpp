#include "source/expand.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>

#include "os/file.h"

namespace aml::source {
namespace {

Status append_files(const Path& folder, std::vector<std::string>& files) {
  for (const std::string& name : TRY(os::list_directory(folder))) {
    if (name.starts_with('.') || name.starts_with('_')) continue;
    const Path path = folder / name;
    if (os::is_a_directory(path)) TRY(append_files(path, files));
    else files.push_back(path.string());
    if (files.size() > kFilesMax)
      return Error{ErrorKind::usage, fmt::format("'{}' holds more than {} files", folder.string(), kFilesMax)};
  }
  return {};
}

Result<std::vector<std::string>> files_below(const std::string& folder) {
  std::vector<std::string> files;
  TRY(append_files(folder, files));
  if (files.empty())
    return Error{ErrorKind::not_found, fmt::format("'{}' is a folder without files", folder),
                 "files whose names start with '.' or '_' do not count"};
  std::sort(files.begin(), files.end());
  return files;
}

class Matches {
 public:
  explicit Matches(const std::string& pattern) : status_(glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found_)) {}
  ~Matches() { globfree(&found_); }
  Matches(const Matches&) = delete;
  Matches& operator=(const Matches&) = delete;

  std::vector<std::string> paths() const {
    if (status_ != 0) return {};
    std::vector<std::string> paths(found_.gl_pathv, found_.gl_pathv + found_.gl_pathc);
    std::sort(paths.begin(), paths.end());
    return paths;
  }

 private:
  glob_t found_{};
  int status_;
};

}  // namespace

bool is_url(const std::string& name) {
  return name.find("://") != std::string::npos && name.find('/') > name.find(':');
}

Result<std::vector<std::string>> expand_name(const std::string& name) {
  if (name == "-" || is_url(name)) return std::vector<std::string>{name};
  if (os::is_a_directory(name)) return files_below(name);
  const bool is_pattern = name.find_first_of("*?[") != std::string::npos && !os::path_exists(name);
  if (!is_pattern) return std::vector<std::string>{name};
  std::vector<std::string> files;
  for (const std::string& path : Matches(name).paths()) {
    if (!os::is_a_directory(path)) files.push_back(path);
    else TRY(append_files(path, files));
  }
  if (files.empty()) return Error{ErrorKind::not_found, fmt::format("no file matches '{}'", name)};
  return files;
}

}  // namespace aml::source
