// Matching of gitignore patterns against paths, rule for rule as git does it (gitignore(5)).
#pragma once

#include <cstdint>
#include <string_view>

namespace aml::project {

// separate: `*`, `?` and `[…]` stop at '/', and only `**` between slashes crosses them. free: '/' is like any byte.
enum class Slashes : uint8_t { free, separate };

// Understands `*`, `**`, `?`, `[a-z]`, `[!x]`, `[[:alpha:]]` and `\x`. A pattern with an open bracket or a trailing
// backslash matches nothing.
bool glob_matches(std::string_view pattern, std::string_view text, Slashes slashes);

}  // namespace aml::project
