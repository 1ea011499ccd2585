// What the blocks of a .dprep or .dsource file mean: see dprep_import.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "prep/dprep_import.h"
#include "text/json.h"

namespace aml::prep {

// What is known so far of the package that is being made.
struct DprepDraft {
  std::vector<std::string> data_paths;
  std::string source;  // lines of the `source:` mapping
  bool has_header = true;
  std::vector<std::string> steps;  // "- rename: {…}", or a comment
  std::vector<ImportProblem> problems;
};

// Adds what the block says to the draft. `type` is without "Microsoft.DPrep.".
void import_block(std::string_view type, const text::Json& arguments, const std::string& place, DprepDraft& draft);

}  // namespace aml::prep
