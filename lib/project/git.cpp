#include "project/git.h"

#include "project/ignore.h"

namespace aml::project {
namespace {

constexpr size_t kStatusBytesMax = size_t{64} << 20;
constexpr size_t kDiffBytesMax = size_t{16} << 20;
constexpr size_t kUrlBytesMax = size_t{64} << 10;

std::optional<os::HelperProcess> start_git(std::vector<std::string> arguments, const Path& root) {
  // No optional locks: a git command the user runs meanwhile must not fail because of us.
  std::vector<std::string> argv = {"git", "--no-optional-locks"};
  argv.insert(argv.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
  auto process = os::HelperProcess::start(argv, root);
  if (!process.ok()) return std::nullopt;
  return std::move(*process);
}

// The output, or nothing when git failed or said too much.
std::optional<std::string> output_of(os::HelperProcess& process, size_t limit_bytes) {
  auto output = process.finish(limit_bytes);
  if (!output.ok() || output->end.shell_status() != 0) return std::nullopt;
  return std::move(output->text);
}

std::string value_behind(std::string_view line, std::string_view prefix, std::string_view none) {
  line.remove_prefix(prefix.size());
  return line == none ? std::string() : std::string(line);
}

// `git status --porcelain=v2 --branch`: header lines start with '#', every other line is a change.
GitState parse_status(std::string_view text) {
  constexpr std::string_view kCommit = "# branch.oid ";
  constexpr std::string_view kBranch = "# branch.head ";
  GitState state;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(kCommit)) state.commit = value_behind(line, kCommit, "(initial)");
    else if (line.starts_with(kBranch)) state.branch = value_behind(line, kBranch, "(detached)");
    else if (!line.starts_with('#')) state.is_dirty = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return state;
}

}  // namespace

std::string without_credentials(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const size_t host = scheme + 3;
  const size_t host_end = std::min(url.find('/', host), url.size());
  const size_t at = url.substr(0, host_end).rfind('@');
  if (at == std::string_view::npos || at < host) return std::string(url);
  return std::string(url.substr(0, host)) + std::string(url.substr(at + 1));
}

std::optional<GitQuery> GitQuery::start(const Path& root) {
  if (!find_repository(root)) return std::nullopt;
  auto status = start_git({"status", "--porcelain=v2", "--branch", "--untracked-files=no"}, root);
  if (!status) return std::nullopt;
  return GitQuery(root, std::move(*status), start_git({"config", "--get", "remote.origin.url"}, root));
}

std::optional<GitState> GitQuery::finish() {
  const auto status = output_of(status_, kStatusBytesMax);
  if (!status) return std::nullopt;
  GitState state = parse_status(*status);
  if (remote_) {
    std::string url = output_of(*remote_, kUrlBytesMax).value_or("");
    url.erase(std::min(url.find('\n'), url.size()));
    state.remote = without_credentials(url);
  }
  if (!state.is_dirty || state.commit.empty()) return state;
  auto diff = start_git({"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--submodule=short", "HEAD"}, root_);
  if (diff) state.diff = output_of(*diff, kDiffBytesMax).value_or("");
  return state;
}

}  // namespace aml::project
