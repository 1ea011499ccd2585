// Parquet files, through a plugin, as an entry of formats.h.
#pragma once

#include "source/formats.h"

namespace aml::source {

bool is_parquet(std::string_view head, std::string_view name);
Result<std::unique_ptr<table::Reader>> open_parquet(SeekableFile file, const OpenOptions& options,
                                                    const Context& context);

}  // namespace aml::source
