#include "project/ignore_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "project/glob.h"

namespace aml::project {
namespace {

constexpr std::string_view kSpecial = "*?[\\";

// Spaces at the end do not count unless the last is escaped; a backslash escapes whatever follows it.
std::string_view without_trailing_spaces(std::string_view line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      if (++i == line.size()) return line;
      end = i + 1;
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

std::optional<IgnorePattern> parse_pattern(std::string_view line, int number) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return std::nullopt;
  line = without_trailing_spaces(line);
  IgnorePattern pattern;
  pattern.line = number;
  pattern.brings_back = line.starts_with('!');
  if (pattern.brings_back) line.remove_prefix(1);
  pattern.directories_only = line.ends_with('/');
  if (pattern.directories_only) line.remove_suffix(1);
  pattern.any_depth = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  pattern.literal_bytes = std::min(line.find_first_of(kSpecial), line.size());
  pattern.text = line;
  return pattern;
}

// git compares the literal start first and matches what is left as a pattern of its own, so that in "lib**/x" the
// stars stand at its beginning and do cross slashes.
bool matches_path(const IgnorePattern& pattern, std::string_view path) {
  const std::string_view text = pattern.text;
  if (!path.starts_with(text.substr(0, pattern.literal_bytes))) return false;
  return glob_matches(text.substr(pattern.literal_bytes), path.substr(pattern.literal_bytes), Slashes::separate);
}

bool matches_name(const IgnorePattern& pattern, std::string_view name) {
  const std::string_view text = pattern.text;
  if (pattern.literal_bytes == text.size()) return text == name;
  // The most frequent form by far: "*.log".
  if (text[0] == '*' && text.find_first_of(kSpecial, 1) == std::string_view::npos)
    return name.ends_with(text.substr(1));
  return glob_matches(text, name, Slashes::free);
}

std::string_view last_part(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

IgnoreList::IgnoreList(std::string_view text, std::string directory, std::string origin)
    : directory_(std::move(directory)), origin_(std::move(origin)) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (auto pattern = parse_pattern(text.substr(0, end), number)) patterns_.push_back(std::move(*pattern));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view IgnoreList::below_own_directory(std::string_view path) const {
  if (directory_.empty()) return path;
  if (!path.starts_with(directory_) || path.size() <= directory_.size() || path[directory_.size()] != '/') return {};
  return path.substr(directory_.size() + 1);
}

const IgnorePattern* IgnoreList::find(std::string_view path, bool is_directory) const {
  const std::string_view own_path = below_own_directory(path);
  if (own_path.empty()) return nullptr;
  const std::string_view name = last_part(own_path);
  const auto found = std::find_if(patterns_.rbegin(), patterns_.rend(), [&](const IgnorePattern& pattern) {
    if (pattern.directories_only && !is_directory) return false;
    return pattern.any_depth ? matches_name(pattern, name) : matches_path(pattern, own_path);
  });
  return found == patterns_.rend() ? nullptr : &*found;
}

bool IgnoreList::brings_back_below(std::string_view directory) const {
  const std::string_view own_path = below_own_directory(directory);
  if (own_path.empty()) return false;
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const IgnorePattern& pattern) {
    const std::string_view literal = std::string_view(pattern.text).substr(0, pattern.literal_bytes);
    return pattern.brings_back && !pattern.any_depth && literal.size() > own_path.size() &&
           literal.starts_with(own_path) && literal[own_path.size()] == '/';
  });
}

std::string IgnoreList::describe(const IgnorePattern& pattern) const {
  const bool is_anchored = !pattern.any_depth && pattern.text.find('/') == std::string::npos;
  return fmt::format("{}:{}: {}{}{}{}", origin_, pattern.line, pattern.brings_back ? "!" : "", is_anchored ? "/" : "",
                     pattern.text, pattern.directories_only ? "/" : "");
}

}  // namespace aml::project
