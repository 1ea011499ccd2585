// What has to be known of a CSV file before its first record can be read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml::table {

struct CsvDialect {
  char separator = ',';
  bool cr_ends_line = false;  // the first line ended in a lone CR, as old Macs wrote
  size_t skip_bytes = 0;      // of a byte order mark and Excel's "sep=;" line
  uint64_t skip_lines = 0;
};

// Looks at the first lines of `text`, which starts where the file does and is no shorter than kDialectBytes unless at
// its end. Nothing if that takes more text. The separator is the one given; else the one of a "sep=" line; else that of
// comma, semicolon, tab and bar which makes the lines most alike and gives most cells a type.
inline constexpr size_t kDialectBytes = 4096;
std::optional<CsvDialect> detect_csv_dialect(std::string_view text, bool at_end, std::optional<char> separator);

// `text` between quotes, with those inside doubled.
void append_csv_quoted(std::string& out, std::string_view text);

inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace aml::table
