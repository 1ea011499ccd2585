// Words of a command line → flags and positionals of one command. CLI11 cuts the words; meaning, messages and exit
// codes are ours.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cli/flags.h"
#include "cli/spec.h"

namespace aml::cli {

// A command line cut before its flags are looked at: common flags may stand on either side of the command.
struct CutLine {
  std::string command;               // empty: none was named
  std::vector<std::string> words;    // everything else before "--"
  std::vector<std::string> program;  // everything after "--"
  std::string stray_flag;            // before the command, and no common flag: the "command" may be its value
  bool has_double_dash = false;
};
CutLine cut_line(const std::vector<std::string>& arguments);
Error stray_flag_error(const std::string& word);

// What stood on the line, checked and written into the targets of `spec` and `common`. Returns the words of the
// program behind "--" (or from the first positional on, where the command has none). When help or the version is
// asked for, the rest is not checked.
Result<std::vector<std::string>> parse(const Spec& spec, CommonFlags& common, const CutLine& line);

}  // namespace aml::cli
