// Did the kernel kill something of ours for memory? The counters of the control group we are in tell, in either
// version of cgroups.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace aml::run {

// Kills so far in this process's memory control group; 0 where that cannot be known.
uint64_t oom_kill_count();

// The number behind "oom_kill " in memory.events (v2) or memory.oom_control (v1).
std::optional<uint64_t> parse_oom_kills(std::string_view text);

// The path of the group from /proc/self/cgroup: of the line "0::PATH", or for `controller` "N:…,memory,…:PATH".
std::optional<std::string_view> parse_cgroup_path(std::string_view text, std::string_view controller);

}  // namespace aml::run
