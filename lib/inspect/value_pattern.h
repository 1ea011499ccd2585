// What the values of a column look like, as regular expressions with the share of the values each covers:
// "[A-Z]{3}-\d{4}" 98 %. A value is cut into runs of one kind of character; values with the same runs share a pattern,
// whose counts span the lengths that occur. Where that gives many patterns, coarser kinds are taken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aml::inspect {

struct ValuePattern {
  std::string expression;  // in RE2's syntax, for the whole value
  uint64_t count = 0;      // values it covers
};

struct ValuePatterns {
  uint64_t values = 0;                 // looked at
  std::vector<ValuePattern> patterns;  // most frequent first; none where the values have no common shape
};

ValuePatterns find_patterns(const std::vector<std::string_view>& values, size_t patterns_max);

}  // namespace aml::inspect
