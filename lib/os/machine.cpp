#include "os/machine.h"

#include <fmt/format.h>
#include <sched.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "os/file.h"

namespace aml::os {
namespace {

std::string first_line_or(const Path& path, std::string fallback) {
  auto text = read_file(path, 4096);
  if (!text.ok()) return fallback;
  text->resize(std::min(text->size(), text->find('\n')));
  return text->empty() ? fallback : *text;
}

}  // namespace

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::string machine_id() { return first_line_or("/etc/machine-id", "unknown"); }

std::string boot_id() {
  std::string id = first_line_or("/proc/sys/kernel/random/boot_id", "unknown");
  id.erase(std::remove(id.begin(), id.end(), '-'), id.end());
  return id;
}

std::optional<uint64_t> process_start_ticks(pid_t pid) {
  const auto text = read_file(fmt::format("/proc/{}/stat", pid), 4096);
  if (!text.ok()) return std::nullopt;
  // The command name stands in parentheses and may itself hold any character, so count from the last ')'.
  const size_t close = text->rfind(')');
  if (close == std::string::npos || close + 2 >= text->size()) return std::nullopt;
  if ((*text)[close + 2] == 'Z') return std::nullopt;
  size_t at = close + 2;
  for (int field = 3; field < 22; ++field) {
    at = text->find(' ', at);
    if (at == std::string::npos) return std::nullopt;
    ++at;
  }
  uint64_t ticks = 0;
  const auto [end, error] = std::from_chars(text->data() + at, text->data() + text->size(), ticks);
  if (error != std::errc()) return std::nullopt;
  return ticks;
}

std::optional<uint64_t> resident_bytes() {
  const auto text = read_file("/proc/self/statm", 4096);
  if (!text.ok()) return std::nullopt;
  const size_t space = text->find(' ');  // "total resident shared …", in pages
  if (space == std::string::npos) return std::nullopt;
  uint64_t pages = 0;
  const auto [end, error] = std::from_chars(text->data() + space + 1, text->data() + text->size(), pages);
  if (error != std::errc()) return std::nullopt;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

Result<Path> own_program() {
  std::error_code error;
  Path path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return error_from_errno(error.value(), "cannot tell which program this is");
  return path;
}

Result<std::array<uint64_t, 2>> random_words() {
  std::array<uint64_t, 2> words{};
  if (getrandom(words.data(), sizeof(words), 0) != static_cast<ssize_t>(sizeof(words)))
    return error_from_errno(errno, "cannot get random bytes");
  return words;
}

unsigned core_count() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace aml::os
