// Turns the text of a flag or positional into the value its target holds.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/spec.h"

namespace aml::cli {

// `values` is what the command line gave for the flag, in order; never empty for a flag with a value. A single
// value given twice, a value outside the choices and a number that does not parse are usage errors.
Status assign(const Flag& flag, const std::vector<std::string>& values);

// A flag without a value. `wanted` is false for its --no-NAME form.
void assign_switch(const Flag& flag, int64_t times, bool wanted);

// Gives the words on the command line that are no flags to the positionals, first come first served; the one
// positional that takes many gets what the others leave.
Status assign_positionals(const std::vector<Positional>& positionals, const std::vector<std::string>& words);

}  // namespace aml::cli
