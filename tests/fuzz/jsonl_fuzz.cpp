// A JSON Lines file. However it is cut, the reader says the same; a line is accepted if and only if the full JSON
// parser finds an object in it.
#include <algorithm>

#include "table/json_line.h"
#include "table_fuzzing.h"
#include "text/json.h"

using namespace aml;

namespace {

void compare_with_parser(std::string_view line) {
  const auto value = text::parse_json(line);
  const auto members = table::split_json_object(line, {});
  const bool is_object = value.ok() && value->kind() == text::Json::Kind::object;
  if (is_object) fuzz::require(members.ok(), "an object is accepted");
  if (!members.ok() || is_object) return;
  // Duplicate keys are the one thing the splitter leaves to its caller.
  std::vector<std::string_view> keys;
  for (const auto& member : *members) keys.push_back(member.key);
  std::sort(keys.begin(), keys.end());
  const bool has_escape = std::any_of(members->begin(), members->end(), [](const auto& m) { return m.is_key_encoded; });
  fuzz::require(has_escape || std::adjacent_find(keys.begin(), keys.end()) != keys.end(), "only objects are accepted");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  compare_with_parser(std::string_view(text).substr(0, text.find('\n')));
  table::ReadOptions options;
  options.format = table::Format::jsonl;
  options.batch_rows = 3;
  const auto whole = fuzz::read_text(text, options);
  options.block_bytes = 1 + size % 17;
  const auto pieces = fuzz::read_text(text, options);
  fuzz::require(whole.ok() == pieces.ok(), "blocks do not decide whether a file is good");
  if (!whole.ok()) {
    fuzz::require(whole.error().message == pieces.error().message, "blocks do not change an error");
    return 0;
  }
  fuzz::require(fuzz::rows_of(*whole) == fuzz::rows_of(*pieces), "blocks do not change a table");
  return 0;
}
