// The commands of amlprep, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlprep {

std::unique_ptr<cli::Command> make_profile();
std::unique_ptr<cli::Command> make_head();
std::unique_ptr<cli::Command> make_convert();
std::unique_ptr<cli::Command> make_apply();
std::unique_ptr<cli::Command> make_learn();
std::unique_ptr<cli::Command> make_split();
std::unique_ptr<cli::Command> make_explain();
std::unique_ptr<cli::Command> make_fit();
std::unique_ptr<cli::Command> make_check();
std::unique_ptr<cli::Command> make_sample();
std::unique_ptr<cli::Command> make_partition();
std::unique_ptr<cli::Command> make_import();
std::unique_ptr<cli::Command> make_export();

// A line for each plugin found, for --version -v.
std::string list_plugins();

}  // namespace aml::amlprep
