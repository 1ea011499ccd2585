// The first bytes choose a dialect, the rest is a file in it. However it is cut, the reader says the same; with nothing
// but a comment that never occurs it reads what the fast scanner reads; and records left out and rows kept are all.
#include "table_fuzzing.h"

using namespace aml;
using table::Format;
using table::Ragged;

namespace {

table::ReadOptions dialect_of(const uint8_t* choice) {
  static constexpr const char* kSeparators[] = {",", ";", "||", "a,", "::", "\t", "x", "|;|"};
  static constexpr std::optional<char> kQuotes[] = {'"', '\'', std::nullopt, 'q'};
  static constexpr std::optional<char> kEscapes[] = {std::nullopt, '\\', '!', std::nullopt};
  static constexpr const char* kComments[] = {"", "#", "//", "\n"};
  table::ReadOptions options;
  options.format = Format::csv;
  options.separator = kSeparators[choice[0] & 7];
  options.quote = kQuotes[choice[0] >> 3 & 3];
  options.escape = kEscapes[choice[0] >> 5 & 3];
  options.comment = kComments[choice[1] & 3];
  options.ragged = static_cast<Ragged>((choice[1] >> 2 & 7) % 5);
  options.skip_lines = choice[1] >> 5 & 1;
  options.has_header = (choice[1] >> 6 & 1) == 0;
  options.batch_rows = 1 + (choice[1] >> 7) * 7;
  return options;
}

std::string place_of(const Error& error) { return error.message.substr(0, error.message.find(' ')); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  table::ReadOptions options = dialect_of(data);
  const std::string text(reinterpret_cast<const char*>(data) + 3, size - 3);
  std::vector<std::string> rejected, again;
  options.on_rejected = [&](const table::RejectedRecord& r) {
    rejected.push_back(std::to_string(r.offset) + std::string(r.text));
  };
  const auto whole = fuzz::read_text(text, options);
  options.block_bytes = 1 + data[2] % 31;
  options.on_rejected = [&](const table::RejectedRecord& r) {
    again.push_back(std::to_string(r.offset) + std::string(r.text));
  };
  const auto pieces = fuzz::read_text(text, options);
  fuzz::require(whole.ok() == pieces.ok(), "blocks do not decide whether a file is good");
  if (!whole.ok()) {
    fuzz::require(place_of(whole.error()) == place_of(pieces.error()), "blocks do not decide where an error is");
    return 0;
  }
  fuzz::require(fuzz::rows_of(*whole) == fuzz::rows_of(*pieces), "blocks do not change a table");
  fuzz::require(rejected == again, "blocks do not change what is left out");
  const bool is_plain =
      options.separator->size() == 1 && options.quote == '"' && !options.escape && options.comment.empty();
  if (!is_plain) return 0;
  options.comment = std::string("\x01\x02 never \x03");
  const auto slow = fuzz::read_text(text, options);
  const bool has_comment = text.find(options.comment) != std::string::npos;
  fuzz::require(has_comment || (slow.ok() && fuzz::rows_of(*slow) == fuzz::rows_of(*whole)), "both scanners agree");
  return 0;
}
