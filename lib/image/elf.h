// What an executable file is made for, from the head of its ELF format.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace aml::image {

struct Executable {
  std::string architecture;  // as images name it: "amd64", "arm64", …
  bool is_static = false;    // asks for no dynamic loader, so it runs where there are no libraries
};

// `bytes` is the file or its first part; bad data, naming `name`, when it is no 64-bit executable for Linux.
Result<Executable> inspect_executable(std::string_view bytes, std::string_view name);

}  // namespace aml::image
