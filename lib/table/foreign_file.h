// Files that are no text tables, told by their first bytes, and what to do about them.
#pragma once

#include <string_view>

namespace aml::table {

struct ForeignFile {
  std::string_view prefix;
  std::string_view what;  // "compressed with gzip"
  std::string_view hint;
};

// nullptr for what may be text.
const ForeignFile* find_foreign_file(std::string_view head);

}  // namespace aml::table
