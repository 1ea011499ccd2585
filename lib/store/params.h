// What is said about a run after its spec was written.
//
//   params.tsv   key TAB value LF             a payload's own parameters: the first value of a key wins
//   tags.log     unix_ms TAB key TAB value LF  labels people set and change: the last wins; without value: removed
//
// Both are append-only, one write(2) per line, and read as tolerantly as metrics.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "store/run_folder.h"
#include "store/run_spec.h"

namespace aml::store {

struct LateParams {
  std::vector<Param> params;           // in order of first appearance
  std::vector<std::string> conflicts;  // keys given again with another value
  size_t skipped_lines = 0;
};
LateParams parse_params(std::string_view bytes);
Result<LateParams> read_params(const RunFolder& folder);
Status append_param(const RunFolder& folder, const Param& param);

using Tags = std::map<std::string, std::string>;
struct TagsContent {
  Tags tags;
  size_t skipped_lines = 0;
};
TagsContent parse_tags(std::string_view bytes);
Result<TagsContent> read_tags(const RunFolder& folder);

// These also touch the folder of the day, which is how the index notices a change to a finished run.
Status set_tag(const RunFolder& folder, std::string_view key, std::string_view value, Instant at);
Status remove_tag(const RunFolder& folder, std::string_view key, Instant at);

}  // namespace aml::store
