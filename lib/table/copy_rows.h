// Rows from a reader to a writer.
#pragma once

#include <optional>

#include "table/reader.h"
#include "table/writer.h"

namespace aml::table {

// Passes rows on, at most `rows_max`, and finishes the writer. Returns how many there were.
Result<uint64_t> copy_rows(Reader& reader, Writer& writer, std::optional<uint64_t> rows_max);

}  // namespace aml::table
