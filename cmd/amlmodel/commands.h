// The commands of amlmodel, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlmodel {}  // namespace aml::amlmodel
