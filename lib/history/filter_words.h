// Cuts a filter into words: operators, names, quoted texts, numbers and durations, each with its column.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace aml::history {

struct Word {
  enum class Kind : uint8_t { end, name, quoted, number, duration, symbol };
  Kind kind = Kind::end;
  std::string text = {};  // of a name: as written, quotes of its parts removed; of a quoted text: its content
  double number = 0;      // of a number; of a duration: seconds
  size_t column = 1;
};

// Ends with a word of kind end.
Result<std::vector<Word>> split_filter(std::string_view text);

Error filter_error(size_t column, std::string message);

}  // namespace aml::history
