// One file of ignore patterns (.gitignore, .git/info/exclude, .amlignore, our built-in list), read as gitignore(5)
// says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aml::project {

struct IgnorePattern {
  std::string text;  // without '!', the leading '/' and the trailing '/'
  int line = 0;
  bool brings_back = false;       // written with a leading '!'
  bool directories_only = false;  // written with a trailing '/'
  bool any_depth = false;         // no '/' in it: compared with the last part of the path
  size_t literal_bytes = 0;       // before the first special character
};

class IgnoreList {
 public:
  IgnoreList() = default;
  // `directory` is where the file stands, relative to the top of the tree: "" or "a/b". `origin` names the file.
  IgnoreList(std::string_view text, std::string directory, std::string origin);

  // The last pattern that matches decides; nullptr when none does. `path` is relative to the top of the tree.
  const IgnorePattern* find(std::string_view path, bool is_directory) const;

  // Whether a '!' pattern spells out a path below `directory`, so that an ignored directory must still be looked into.
  bool brings_back_below(std::string_view directory) const;

  bool empty() const { return patterns_.empty(); }
  std::string describe(const IgnorePattern& pattern) const;  // ".gitignore:3: !*.log"

 private:
  std::string_view below_own_directory(std::string_view path) const;

  std::string directory_;
  std::string origin_;
  std::vector<IgnorePattern> patterns_;
};

}  // namespace aml::project
