// Splitting a column into fields without examples: the runs of separators that stand in the same order on almost all
// rows are the cuts. Dates, times and numbers are one field, whatever stands in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "synth/samples.h"

namespace aml::synth {

// What stands on a side of a cut.
enum class Side : uint8_t { any, digit, letter, upper, edge };
std::string_view name_of(Side side);
std::optional<Side> parse_side(std::string_view name);

// A run of blanks and signs: the signs, or " " for blanks alone. Empty: where letters turn to digits, or where a
// capital begins a word.
struct Cut {
  Side left = Side::any;
  std::string separator;
  Side right = Side::any;

  friend auto operator<=>(const Cut&, const Cut&) = default;
};

struct SplitProgram {
  std::vector<Cut> cuts;         // in their order
  std::vector<size_t> widths;    // instead of cuts: bytes of each field but the last
  bool cuts_weak_signs = false;  // points, hyphens and slashes within a word separate
};

// Nothing when no cut is common to the rows.
std::optional<SplitProgram> learn_split(const std::vector<Cell>& rows);

// Fields and the separators between them, in turn; joined they are the text. Nothing where the cuts are not found.
std::optional<std::vector<std::string_view>> split_parts(const SplitProgram& program, std::string_view text);

// Only the fields.
std::optional<std::vector<std::string_view>> split_fields(const SplitProgram& program, std::string_view text);

}  // namespace aml::synth
