// Apart from machine.cpp because the C library cannot look users up in a static program, and the scorer is one.
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>

#include "os/machine.h"

namespace aml::os {

std::string user_name() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return fmt::format("uid:{}", getuid());
}

}  // namespace aml::os
