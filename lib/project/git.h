// What git knows about a project at the moment of a snapshot. The snapshot is complete without it; this is for people
// who review a run. Everything is optional: no git, no repository, no commit yet are all fine.
#pragma once

#include <optional>
#include <string>

#include "os/process.h"

namespace aml::project {

struct GitState {
  std::string commit;       // empty before the first commit
  std::string branch = {};  // empty when detached
  std::string remote = {};  // of origin, without user name and password
  bool is_dirty = false;    // tracked files differ from the commit, staged or not
  std::string diff = {};    // against the commit, staged changes and submodules included; empty when clean
};

// Runs git beside the walk over the tree: start, do other work, finish.
class GitQuery {
 public:
  static std::optional<GitQuery> start(const Path& root);  // nothing without a repository or without git
  std::optional<GitState> finish();

 private:
  GitQuery(Path root, os::HelperProcess status, std::optional<os::HelperProcess> remote)
      : root_(std::move(root)), status_(std::move(status)), remote_(std::move(remote)) {}
  Path root_;
  os::HelperProcess status_;
  std::optional<os::HelperProcess> remote_;
};

// "https://user:token@host/x.git" → "https://host/x.git"; other forms hold no password and stay as they are.
std::string without_credentials(std::string_view url);

}  // namespace aml::project
