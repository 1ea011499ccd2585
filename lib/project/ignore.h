// Which files of a project stay out of its snapshot: git's rules from the top of the repository down, `.amlignore`
// files, and a short built-in list. `.amlignore` speaks last: its '!' lines bring back what the other two leave out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/file.h"
#include "project/ignore_list.h"

namespace aml::project {

struct IgnoreOptions {
  // The user's own excludes, usually ~/.config/git/ignore; nothing is read when empty.
  std::optional<Path> global_excludes;
};

struct Verdict {
  bool ignored = false;
  std::string rule;  // ".gitignore:3: *.log", "built-in: __pycache__/"; empty when no rule spoke
};

enum class PathKind : uint8_t { file, directory };

// Walks beside its caller: enter() and leave() keep the chain of files that apply to the current directory. All paths
// are relative to the project root, with '/' between parts.
class IgnoreRules {
 public:
  // Reads the files above `root` too, up to the top of the git repository that holds it, if one does.
  static Result<IgnoreRules> open(const Path& root, const IgnoreOptions& options);

  // `verdict` is what decide() said of the directory. Children of an ignored directory are ignored unless brought back.
  Status enter(const std::string& directory, const Verdict& verdict);
  void leave() { levels_.pop_back(); }

  // For a path directly inside the directory entered last.
  Verdict decide(const std::string& path, PathKind kind) const;

  // False for an ignored directory into which no '!' line reaches.
  bool is_worth_entering(const std::string& directory, const Verdict& verdict) const;

 private:
  struct Level {
    IgnoreList git;
    IgnoreList own;
    Verdict verdict;  // of the directory itself
  };

  IgnoreRules(Path top, std::string prefix) : top_(std::move(top)), prefix_(std::move(prefix)) {}
  Status read_level(const std::string& directory_from_top, const Verdict& verdict, bool is_in_project);
  std::string from_top(const std::string& path) const { return prefix_.empty() ? path : prefix_ + "/" + path; }

  Path top_;            // of the repository, or the project root itself
  std::string prefix_;  // of the project root below top_
  std::vector<Level> levels_;
  std::vector<IgnoreList> lowest_;  // info/exclude, then the user's own: asked after every level
};

// The `.git` folder that holds info/exclude for the repository around `directory`, and the top of its tree.
struct Repository {
  Path top;
  Path git_directory;
};
std::optional<Repository> find_repository(const Path& directory);

}  // namespace aml::project
