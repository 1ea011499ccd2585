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

}  // namespace aml::amlprep
