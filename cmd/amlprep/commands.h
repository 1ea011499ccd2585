// The commands of amlprep, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlprep {}  // namespace aml::amlprep
