// The commands of amlrun, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlrun {}  // namespace aml::amlrun
