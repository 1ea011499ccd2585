// The commands of amlhist, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlhist {}  // namespace aml::amlhist
