#include "store/staging.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>

#include "os/machine.h"

namespace aml::store {
namespace {

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_alive_owner(const StagingOwner& owner, const LivenessProbe& probe) {
  return probe.process_start_ticks(owner.pid) == owner.start_ticks;
}

}  // namespace

std::string staging_name(std::string_view stem) {
  const pid_t pid = getpid();
  return fmt::format("{}.{}.{}", stem, pid, os::process_start_ticks(pid).value_or(0));
}

std::optional<StagingOwner> parse_staging_name(std::string_view name) {
  const size_t last = name.rfind('.');
  if (last == std::string_view::npos || last == 0) return std::nullopt;
  const size_t middle = name.rfind('.', last - 1);
  if (middle == std::string_view::npos) return std::nullopt;
  const auto pid = parse_whole<pid_t>(name.substr(middle + 1, last - middle - 1));
  const auto ticks = parse_whole<uint64_t>(name.substr(last + 1));
  if (!pid || !ticks) return std::nullopt;
  return StagingOwner{*pid, *ticks};
}

Result<std::vector<Path>> find_abandoned_staging(const Store& store, const LivenessProbe& probe) {
  std::vector<Path> abandoned;
  if (!os::is_a_directory(store.tmp_dir())) return abandoned;
  for (const std::string& name : TRY(os::list_directory(store.tmp_dir()))) {
    const auto owner = parse_staging_name(name);
    if (!owner || is_alive_owner(*owner, probe)) continue;
    const Path path = store.tmp_dir() / name;
    if (!probe.is_locked(os::is_a_directory(path) ? path / "lock" : path)) abandoned.push_back(path);
  }
  return abandoned;
}

}  // namespace aml::store
