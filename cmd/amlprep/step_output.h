// What commands that make a step of a package do with it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/session.h"

namespace aml::amlprep {

// Puts the step behind those of the package `append`, or prints a package that holds it alone. `write_step` gives its
// text with an indentation.
Status put_step(cli::Session& session, const std::optional<std::string>& append,
                const std::function<std::string(size_t)>& write_step);

}  // namespace aml::amlprep
