// The options of a source as people write them: one table for the flags of commands and for `source:` in packages.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/open.h"

namespace aml::source {

enum class OptionKind : uint8_t {
  value,
  list,        // several values: a repeated flag, a YAML list
  on_switch,   // off unless said otherwise: the flag takes no value, the key takes true or false
  off_switch,  // on unless said otherwise: the flag takes no value, the key takes true or false
};

struct Option {
  std::string_view key;    // in a package: "skip_lines"
  std::string_view flag;   // "skip-lines"; "no-header" for a switch
  std::string_view value;  // what stands for the value in help
  std::string_view help;
  OptionKind kind;
  std::vector<std::string> (*choices)();  // the only values allowed; null: any
  // Errors say what is allowed, not where it stands: the caller knows that. `values` is not empty, but for a list.
  Status (*set)(OpenOptions& options, const std::vector<std::string>& values);
};

std::span<const Option> source_options();
const Option* find_source_option(std::string_view key);  // null: there is none

// A separator as it is written: bytes as they are, but "tab", "\t", "\0" and "\x1f" spelled out. Not empty.
Result<std::string> parse_separator(std::string_view text);

}  // namespace aml::source
