// A table under other column names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "table/reader.h"

namespace aml::source {

// As many names as `reader` has columns, or bad_data that speaks of `name`.
Result<std::unique_ptr<table::Reader>> rename_columns(std::unique_ptr<table::Reader> reader,
                                                      std::vector<std::string> names, const std::string& name);

}  // namespace aml::source
