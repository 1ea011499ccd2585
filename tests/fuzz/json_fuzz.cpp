// A JSON document; the first byte chooses whether records are at a path and whether objects are flattened. However it
// is cut, the reader says the same; and what is JSON and an array of objects with different keys is read.
#include "table_fuzzing.h"
#include "text/json.h"

using namespace aml;

namespace {

// Whether every parser would find rows of one set of columns in it.
bool is_table(std::string_view text) {
  const auto value = text::parse_json(text);
  if (!value.ok() || !value->is_array() || value->items().empty()) return false;
  for (const text::Json& item : value->items())
    if (!item.is_object() || item.members().empty()) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  table::ReadOptions options;
  options.format = table::Format::json;
  if ((data[0] & 1) != 0) options.records_path = {"a"};
  if ((data[0] & 2) != 0) options.records_path.push_back("b");
  options.flattens = (data[0] & 4) != 0;
  const auto whole = fuzz::read_text(text, options);
  options.block_bytes = 1 + (data[0] >> 3);
  const auto pieces = fuzz::read_text(text, options);
  fuzz::require(whole.ok() == pieces.ok(), "blocks do not decide whether a file is good");
  if (!whole.ok()) {
    fuzz::require(whole.error().message == pieces.error().message, "blocks do not change an error");
    fuzz::require(!options.records_path.empty() || options.flattens || !is_table(text),
                  "an array of objects is a table");
    return 0;
  }
  fuzz::require(fuzz::rows_of(*whole) == fuzz::rows_of(*pieces), "blocks do not change a table");
  return 0;
}
