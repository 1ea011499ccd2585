#include "project/ignore.h"

#include <algorithm>
#include <set>

#include "base/random.h"
#include "project/walk.h"
#include "unit/project/fixture.h"

using namespace aml;
using namespace aml::project;
using test::ScratchFolder;

namespace {

std::set<std::string> files_of(const Path& root) {
  std::set<std::string> paths;
  const auto walk = walk_project(root, {});
  REQUIRE(walk.ok());
  for (const WalkedFile& file : walk->files) paths.insert(file.path);
  return paths;
}

// A random choice of names and patterns over a small alphabet, so that they meet often.
class RandomTree {
 public:
  explicit RandomTree(uint64_t seed) : random_(7, seed) {}

  void build(const ScratchFolder& folder) {
    for (int i = 0; i < 25; ++i) add_file(folder);
    for (const std::string& directory : directories_)
      if (pick(3) == 0) folder.write(directory + ".gitignore", rules());
    folder.write(".gitignore", rules());
    folder.write(".git/info/exclude", rules());
  }

 private:
  uint64_t pick(uint64_t bound) { return random_.below_at(next_++, bound); }

  std::string name() {
    static const std::vector<std::string> kNames = {"a", "b", "ab", "abc", "a.c", "b c", "x]", "-", "#a", "!b", "a "};
    return kNames[pick(kNames.size())];
  }

  void add_file(const ScratchFolder& folder) {
    std::string path;
    for (uint64_t depth = pick(4); depth > 0; --depth) {
      path += name() + "/";
      if (std::filesystem::is_regular_file(folder / path.substr(0, path.size() - 1))) return;
      directories_.insert(path);
    }
    path += name();
    if (!std::filesystem::is_directory(folder / path)) folder.write(path, "x");
  }

  std::string rules() {
    static const std::vector<std::string> kPieces = {
        "a",  "b",   "ab", "abc", "a.c", "*",    "**",   "/",           "/",   "?",   "[ab]", "[!a]", "[a-c]", "b c",
        "\\", "\\a", "x]", "*.c", "#a",  "\\#a", "a\\ ", "[[:alpha:]]", "**/", "/**", "-",    " ",    "[]x]"};
    std::string text;
    for (uint64_t lines = pick(5); lines > 0; --lines) {
      if (pick(4) == 0) text += "!";
      for (uint64_t pieces = 1 + pick(4); pieces > 0; --pieces) text += kPieces[pick(kPieces.size())];
      text += "\n";
    }
    return text;
  }

  Random random_;
  uint64_t next_ = 0;
  std::set<std::string> directories_;
};

std::set<std::string> files_by_git(const ScratchFolder& folder) {
  std::string all;
  std::set<std::string> kept;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder.path());
       entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    if (entry->path().filename() == ".git") entry.disable_recursion_pending();
    else if (!entry->is_directory()) kept.insert(entry->path().lexically_relative(folder.path()).string());
  }
  for (const std::string& path : kept) all += path + '\0';
  folder.write(".git/all", all);
  const std::string ignored =
      test::output_of({"sh", "-c", "git check-ignore --no-index -z --stdin < .git/all; test $? -le 1"}, folder.path());
  for (size_t at = 0; at < ignored.size();) {
    const size_t end = ignored.find('\0', at);
    kept.erase(ignored.substr(at, end - at));
    at = end + 1;
  }
  return kept;
}

}  // namespace

TEST_CASE("random trees keep exactly the files git would keep") {
  if (!test::has_git()) {
    MESSAGE("skipped: needs git");
    return;
  }
  const char* count = getenv("AML_TEST_TREES");
  const uint64_t trees = count != nullptr ? std::strtoull(count, nullptr, 10) : 60;
  for (uint64_t seed = 0; seed < trees; ++seed) {
    const ScratchFolder folder;
    test::output_of({"git", "init", "-q", "."}, folder.path());
    RandomTree(seed).build(folder);
    CAPTURE(seed);
    REQUIRE(files_of(folder.path()) == files_by_git(folder));
  }
}

TEST_CASE("rules of the repository above the project count") {
  const ScratchFolder folder;
  folder.write(".git/HEAD", "");
  folder.write(".gitignore", "*.log\n/sub/only-here\n");
  folder.write("sub/a.log", "");
  folder.write("sub/only-here", "");
  folder.write("sub/kept", "");
  CHECK(files_of(folder / "sub") == std::set<std::string>{"kept"});
}

TEST_CASE("a worktree finds info/exclude in the main repository") {
  const ScratchFolder folder;
  folder.write("main/.git/info/exclude", "hidden\n");
  folder.write("main/.git/worktrees/w/commondir", "../..\n");
  folder.write("w/.git", "gitdir: ../main/.git/worktrees/w\n");
  folder.write("w/hidden", "");
  folder.write("w/kept", "");
  CHECK(files_of(folder / "w") == std::set<std::string>{"kept"});
}

TEST_CASE(".amlignore adds to git's rules and brings back what they leave out") {
  const ScratchFolder folder;
  folder.write(".gitignore", "data/\n*.csv\n");
  folder.write(".amlignore", "!data/train.csv\nnotes.txt\n!outputs/\n");
  for (const char* name : {"data/train.csv", "data/test.csv", "notes.txt", "a.csv", "outputs/o", "code.py"})
    folder.write(name, "");
  CHECK(files_of(folder.path()) ==
        std::set<std::string>{".amlignore", ".gitignore", "code.py", "data/train.csv", "outputs/o"});
}

TEST_CASE("built-in rules keep version control, caches and environments out") {
  const ScratchFolder folder;
  for (const char* name :
       {".git/HEAD", ".aml/format", "a/__pycache__/x.pyc", "a/node_modules/m.js", "venv/pyvenv.cfg", "venv/lib/x.py",
        "outputs/model", "src/outputs/code.py", ".mypy_cache/x", "a.pyc", "main.py"})
    folder.write(name, "");
  folder.write(".amlignore", "!.git/\n");
  CHECK(files_of(folder.path()) == std::set<std::string>{".amlignore", "main.py", "src/outputs/code.py"});
}
