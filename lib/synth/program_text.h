// The text form of programs, version 1: what is saved in a package, read and edited by people. Printing is canonical,
// so the same program is the same bytes, and parsing what was printed gives the same program.
//
//   slice(name, after(" ", -1), end) + ", " + upper(slice(name, start, +1)) + "."
//
//   when not contains(phone, "("): slice(phone, start, 3)
//   otherwise: slice(phone, after("(", 1), next(")"))
//
// aml-prep(5) describes it in full.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "synth/program.h"

namespace aml::synth {

// One line per branch, each ended by a line feed. `columns` are the names of the program's inputs.
std::string to_text(const Program& program, const std::vector<std::string>& columns);

// Errors are bad_data and begin with "line:column: " within the text. Columns must be among `columns`.
Result<Program> parse_program(std::string_view text, const std::vector<std::string>& columns);

inline constexpr size_t kProgramBytesMax = size_t{1} << 20;
inline constexpr size_t kBranchesMax = 1000;

}  // namespace aml::synth
