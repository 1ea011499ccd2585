// The help texts of a tool and of its commands.
#pragma once

#include <string>

#include "cli/command.h"
#include "cli/spec.h"

namespace aml::cli {

inline constexpr size_t kHelpColumns = 79;
inline constexpr size_t kShortHelpLines = 24;

std::string usage_line(std::string_view tool, const Spec& spec);

// At most kShortHelpLines lines of at most kHelpColumns columns.
std::string short_help(const Tool& tool);
std::string short_help(std::string_view tool, const Spec& spec);

std::string full_help(const Tool& tool);
std::string full_help(std::string_view tool, const Spec& spec);

// The visible commands' specs, in the order of the tool's list.
std::vector<Spec> visible_specs(const Tool& tool);

}  // namespace aml::cli
