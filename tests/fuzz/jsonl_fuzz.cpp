// A JSON Lines file. However it is cut, the reader says the same; an object that the full JSON parser finds in a
// line is accepted, and nothing but JSON is.
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
  // Duplicate keys and great depth are left to the caller.
  if (members.ok()) fuzz::require(text::is_json(line), "only JSON is accepted");
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
