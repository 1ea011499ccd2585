// The commands of amldeploy, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amldeploy {}  // namespace aml::amldeploy
