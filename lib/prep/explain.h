// What the learned steps of a package do, taken apart for people. cmd/amlprep/explain.cpp prints it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "prep/by_example.h"
#include "table/reader.h"

namespace aml::prep {

struct BranchExplanation {
  std::string guard;      // as in the program; "otherwise" or "always" without one
  std::string result;     // the pieces
  std::string constants;  // what is typed in, not taken from the data: "'. '"
  std::string example;  // one of the step's examples, traced: "'H' + '. ' + 'Albert'"; empty when none takes the branch
  uint64_t rows = 0;
};

struct Explanation {
  std::string column;
  std::vector<BranchExplanation> branches;
  uint64_t rows_outside = 0;  // no branch, or a piece had no value
};

// The steps derive_by_example of a package, in order.
Result<std::vector<ByExample>> learned_steps(std::string_view document, std::string_view name);

Explanation explain(const ByExample& step);

// Adds the rows of a table.
Status count_branches(Explanation& explanation, const ByExample& step, table::Reader& reader);

}  // namespace aml::prep
