// From what people type to the inputs meant: patterns and folders become the files behind them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace aml::source {

inline constexpr size_t kFilesMax = 1'000'000;

bool is_url(const std::string& name);  // "https://…", "hdfs://…"

// The inputs of one name, at least one. A file that is there means itself, whatever characters it has. A folder means
// the files below it, without those whose name, or that of a folder between, starts with "." or "_" (what Spark and
// others leave beside the data). A pattern of *, ? and [] means the files that match, in which a folder counts as
// before. All in the order of their bytes.
Result<std::vector<std::string>> expand_name(const std::string& name);

}  // namespace aml::source
