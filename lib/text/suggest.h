// "Did you mean …": the nearest known name to a mistyped one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aml::text {

// Levenshtein distance with transpositions counted as one edit (optimal string alignment).
size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of `names` within distance 2 (1 for names of up to 3 letters); the first wins ties; empty if none is.
std::string nearest_name(std::string_view name, const std::vector<std::string>& names);

// "did you mean 'x'?" or, without a near name, "one of: a, b, c" (cut to 12 names).
std::string suggestion_hint(std::string_view name, const std::vector<std::string>& names);

}  // namespace aml::text
