// The commands of amlprep, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlprep {

std::unique_ptr<cli::Command> make_profile();
std::unique_ptr<cli::Command> make_head();
std::unique_ptr<cli::Command> make_convert();
std::unique_ptr<cli::Command> make_apply();

// A line for each plugin found, for --version -v.
std::string list_plugins();

}  // namespace aml::amlprep
