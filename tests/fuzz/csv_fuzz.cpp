// The first byte chooses the options, the rest is a CSV or TSV file. However it is cut, the reader says the same; and
// what it read, written and read again, is the same table.
#include "table_fuzzing.h"

using namespace aml;
using table::Format;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const unsigned choice = data[0];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  table::ReadOptions options;
  options.format = (choice & 1) != 0 ? Format::tsv : Format::csv;
  options.ragged = (choice & 2) != 0 ? table::Ragged::pad : table::Ragged::refuse;
  options.has_header = (choice & 4) == 0;
  options.batch_rows = 1 + (choice >> 4);
  if ((choice & 8) != 0) options.record_bytes_max = 50;
  const auto whole = fuzz::read_text(text, options);
  options.block_bytes = 1 + (choice >> 3);
  const auto pieces = fuzz::read_text(text, options);
  fuzz::require(whole.ok() == pieces.ok(), "blocks do not decide whether a file is good");
  if (!whole.ok()) {
    // How much was seen of a record that is too long depends on the blocks; where it stands does not.
    const auto place = [](const Error& error) { return error.message.substr(0, error.message.find(' ')); };
    fuzz::require(place(whole.error()) == place(pieces.error()), "blocks do not decide where an error is");
    return 0;
  }
  const fuzz::Rows rows = fuzz::rows_of(*whole);
  fuzz::require(rows == fuzz::rows_of(*pieces), "blocks do not change a table");
  table::ReadOptions again;
  again.format = Format::csv;
  const auto back = fuzz::read_text(fuzz::write_text(*whole, Format::csv), again);
  fuzz::require(back.ok() && rows == fuzz::rows_of(*back), "a table written as CSV is read back");
  return 0;
}
