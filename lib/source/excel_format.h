// Excel workbooks as an entry of formats.h.
#pragma once

#include "source/formats.h"

namespace aml::source {

bool is_excel(std::string_view head, std::string_view name);
Result<std::unique_ptr<table::Reader>> open_excel(SeekableFile file, const OpenOptions& options,
                                                  const Context& context);

}  // namespace aml::source
