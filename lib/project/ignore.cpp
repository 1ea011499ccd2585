#include "project/ignore.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aml::project {
namespace {

constexpr size_t kIgnoreFileBytesMax = size_t{4} << 20;

// Never in a snapshot, whatever a '!' line says: version control's own data and our store.
constexpr std::array<std::string_view, 4> kNever = {".git", ".hg", ".svn", ".aml"};

constexpr std::string_view kBuiltIn =
    "__pycache__/\n"
    "*.pyc\n"
    "node_modules/\n"
    ".ipynb_checkpoints/\n"
    ".mypy_cache/\n"
    "/outputs/\n"
    "/mlruns/\n"
    "/wandb/\n";

const IgnoreList& built_in_list() {
  static const IgnoreList list(kBuiltIn, "", "");
  return list;
}

// Absent, a directory or (as git has it) a symbolic link: no rules.
Result<IgnoreList> read_list(const Path& file, const std::string& directory, const std::string& origin) {
  auto fd = os::open_file(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd.ok()) return IgnoreList();
  struct stat info {};
  if (fstat(fd->get(), &info) != 0 || !S_ISREG(info.st_mode)) return IgnoreList();
  return IgnoreList(TRY(os::read_all(fd->get(), file.string(), kIgnoreFileBytesMax)), directory, origin);
}

std::string joined(const std::string& directory, std::string_view name) {
  return directory.empty() ? std::string(name) : fmt::format("{}/{}", directory, name);
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_never_kept(std::string_view name) { return std::find(kNever.begin(), kNever.end(), name) != kNever.end(); }

// "gitdir: ../.git/worktrees/x" and the like; relative paths start at the file's directory.
std::optional<Path> follow_pointer(const Path& file, std::string_view word) {
  auto text = os::read_file(file, 4096);
  if (!text.ok() || !text->starts_with(word)) return std::nullopt;
  text->erase(0, word.size());
  text->erase(std::min(text->find('\n'), text->size()));
  return (file.parent_path() / *text).lexically_normal();
}

}  // namespace

std::optional<Repository> find_repository(const Path& directory) {
  for (Path top = directory;; top = top.parent_path()) {
    const Path git = top / ".git";
    if (os::is_a_directory(git)) return Repository{top, git};
    if (os::path_exists(git)) {
      const auto own = follow_pointer(git, "gitdir: ");
      if (!own) return std::nullopt;
      return Repository{top, follow_pointer(*own / "commondir", "").value_or(*own)};
    }
    if (top == top.parent_path()) return std::nullopt;
  }
}

Result<IgnoreRules> IgnoreRules::open(const Path& root, const IgnoreOptions& options) {
  const auto repository = find_repository(root);
  const Path top = repository ? repository->top : root;
  const Path relative = root.lexically_relative(top);
  IgnoreRules rules(top, relative == "." ? std::string() : relative.string());
  if (repository)
    rules.lowest_.push_back(TRY(read_list(repository->git_directory / "info" / "exclude", "", ".git/info/exclude")));
  if (options.global_excludes)
    rules.lowest_.push_back(TRY(read_list(*options.global_excludes, "", options.global_excludes->string())));
  std::string directory;
  for (const Path& part : relative) {
    if (part == ".") break;
    TRY(rules.read_level(directory, {}, false));
    directory = joined(directory, part.string());
  }
  TRY(rules.read_level(directory, {}, true));
  return rules;
}

Status IgnoreRules::read_level(const std::string& directory_from_top, const Verdict& verdict, bool is_in_project) {
  const Path folder = top_ / directory_from_top;
  Level level;
  level.git = TRY(read_list(folder / ".gitignore", directory_from_top, joined(directory_from_top, ".gitignore")));
  if (is_in_project)
    level.own = TRY(read_list(folder / ".amlignore", directory_from_top, joined(directory_from_top, ".amlignore")));
  level.verdict = verdict;
  levels_.push_back(std::move(level));
  return {};
}

Status IgnoreRules::enter(const std::string& directory, const Verdict& verdict) {
  return read_level(from_top(directory), verdict, true);
}

Verdict IgnoreRules::decide(const std::string& path, PathKind kind) const {
  const bool is_directory = kind == PathKind::directory;
  const std::string_view name = last_part(path);
  if (is_never_kept(name)) return {true, fmt::format("built-in: {}", name)};
  const std::string full_path = from_top(path);
  const auto ask = [&](const IgnoreList& list) -> std::optional<Verdict> {
    const IgnorePattern* pattern = list.find(full_path, is_directory);
    if (pattern == nullptr) return std::nullopt;
    return Verdict{!pattern->brings_back, list.describe(*pattern)};
  };
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    if (auto verdict = ask(level->own)) return *verdict;
  if (levels_.back().verdict.ignored) return levels_.back().verdict;
  // The built-in list adds to git's rules: a '!' in a .gitignore does not bring its files back.
  if (const IgnorePattern* pattern = built_in_list().find(path, is_directory))
    return {true, fmt::format("built-in: {}{}", pattern->text, pattern->directories_only ? "/" : "")};
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
    if (auto verdict = ask(level->git)) return *verdict;
  for (const IgnoreList& list : lowest_)
    if (auto verdict = ask(list)) return *verdict;
  return {};
}

bool IgnoreRules::is_worth_entering(const std::string& directory, const Verdict& verdict) const {
  if (!verdict.ignored) return true;
  if (is_never_kept(last_part(directory))) return false;
  const std::string full_path = from_top(directory);
  return std::any_of(levels_.begin(), levels_.end(),
                     [&](const Level& level) { return level.own.brings_back_below(full_path); });
}

}  // namespace aml::project
