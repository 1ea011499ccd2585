// The first byte chooses plain lines, columns at given places or columns to be found; the rest is the file. However it
// is cut, the reader says the same, and no line is lost.
#include <algorithm>

#include "table_fuzzing.h"

using namespace aml;
using table::Format;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  table::ReadOptions options;
  options.format = (data[0] & 1) != 0 ? Format::lines : Format::fixed;
  options.has_header = false;
  options.batch_rows = 1 + (data[0] >> 5);
  if ((data[0] & 2) != 0) options.fixed_columns = {{0, 3}, {3, 4}, {6, 20}};
  const auto whole = fuzz::read_text(text, options);
  options.block_bytes = 1 + (data[0] >> 2);
  const auto pieces = fuzz::read_text(text, options);
  fuzz::require(whole.ok() == pieces.ok(), "blocks do not decide whether a file is good");
  if (!whole.ok()) {
    fuzz::require(whole.error().message == pieces.error().message, "blocks do not change an error");
    return 0;
  }
  fuzz::require(fuzz::rows_of(*whole) == fuzz::rows_of(*pieces), "blocks do not change a table");
  if (options.format == Format::fixed) return 0;
  const bool has_mark = text.starts_with("\xef\xbb\xbf");
  const auto lines = static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + (text.ends_with('\n') ? 0 : 1);
  fuzz::require(has_mark || whole->rows == lines, "every line is a row");
  return 0;
}
