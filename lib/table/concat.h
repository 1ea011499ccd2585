// Several inputs as one table, one after the other.
#pragma once

#include <memory>
#include <vector>

#include "table/reader.h"
#include "table/writer.h"

namespace aml::table {

// Opens each input when its turn comes, the first one now. All must have the same column names in the same order.
// `paths` is not empty.
Result<std::unique_ptr<Reader>> open_readers(std::vector<Path> paths, const ReadOptions& options, const Cancel* cancel);

// Passes rows on, at most `rows_max`, and finishes the writer. Returns how many there were.
Result<uint64_t> copy_rows(Reader& reader, Writer& writer, std::optional<uint64_t> rows_max);

}  // namespace aml::table
