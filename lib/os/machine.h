// Which machine, which boot, which process: the facts that decide whether a recorded process still lives.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "os/file.h"

namespace aml::os {

std::string host_name();
std::string user_name();
std::string machine_id();  // /etc/machine-id, or "unknown"
std::string boot_id();     // 32 hex digits of /proc/sys/kernel/random/boot_id, or "unknown"

// Clock ticks after boot at which `pid` started (field 22 of /proc/PID/stat); nothing when it does not exist
// or is a zombie. With the boot id it names a process for ever, whatever happens to its number.
std::optional<uint64_t> process_start_ticks(pid_t pid);

Result<std::array<uint64_t, 2>> random_words();  // from the kernel
std::optional<uint64_t> resident_bytes();        // of this process, from /proc/self/statm
Result<Path> own_program();                      // the file this process runs
unsigned core_count();                           // usable by this process, at least 1

}  // namespace aml::os
