// One input as a table. Internal to source/: open.h is for everybody else.
#pragma once

#include "source/open.h"

namespace aml::source {

Result<std::unique_ptr<table::Reader>> open_input(const std::string& name, const OpenOptions& options,
                                                  const Context& context);

}  // namespace aml::source
