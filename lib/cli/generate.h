// What is made from the command table besides parsing and help: `TOOL --generate man|bash|zsh|fish|commands|names`.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/command.h"

namespace aml::cli {

std::string man_page(const Tool& tool);
std::string bash_completion(const Tool& tool);
std::string zsh_completion(const Tool& tool);
std::string fish_completion(const Tool& tool);
std::string command_table(const Tool& tool);  // JSON Lines, for tests and scripts: one object per command

Result<std::string> generate(const Tool& tool, const std::string& kind);

// The word for `TOOL --complete KIND PREFIX`: "run", "model", …; empty for what the shell itself completes.
std::string_view completion_word(Complete kind);

}  // namespace aml::cli
