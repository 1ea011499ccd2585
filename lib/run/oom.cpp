#include "run/oom.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "os/file.h"

namespace aml::run {
namespace {

constexpr size_t kFileBytesMax = size_t{1} << 20;

// Calls `use` with each line until it says true.
template <class Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (use(text.substr(0, end))) return;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool has_name(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    if (list.substr(0, end) == name) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

std::optional<uint64_t> read_count(const std::string& file) {
  const auto text = os::read_file(file, kFileBytesMax);
  return text.ok() ? parse_oom_kills(*text) : std::nullopt;
}

}  // namespace

std::optional<uint64_t> parse_oom_kills(std::string_view text) {
  constexpr std::string_view kKey = "oom_kill ";
  std::optional<uint64_t> count;
  for_each_line(text, [&](std::string_view line) {
    if (!line.starts_with(kKey)) return false;
    uint64_t value = 0;
    if (std::from_chars(line.data() + kKey.size(), line.data() + line.size(), value).ec == std::errc()) count = value;
    return true;
  });
  return count;
}

std::optional<std::string_view> parse_cgroup_path(std::string_view text, std::string_view controller) {
  std::optional<std::string_view> path;
  for_each_line(text, [&](std::string_view line) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return false;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    if (controller.empty() ? !controllers.empty() : !has_name(controllers, controller)) return false;
    path = line.substr(second + 1);
    return true;
  });
  return path;
}

uint64_t oom_kill_count() {
  const auto groups = os::read_file("/proc/self/cgroup", kFileBytesMax);
  if (!groups.ok()) return 0;
  if (const auto path = parse_cgroup_path(*groups, "memory"))
    return read_count("/sys/fs/cgroup/memory" + std::string(*path) + "/memory.oom_control").value_or(0);
  if (const auto path = parse_cgroup_path(*groups, ""))
    return read_count("/sys/fs/cgroup" + std::string(*path) + "/memory.events").value_or(0);
  return 0;
}

}  // namespace aml::run
