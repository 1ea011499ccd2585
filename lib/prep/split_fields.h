// The step that a split learned from a column is saved as: read from YAML and written as YAML.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "prep/step_arguments.h"
#include "synth/split.h"
#include "text/yaml.h"

namespace aml::prep {

// split_fields: {column: a, into: [b, c], cuts: [{sign: ','}]}
struct SplitFields {
  PlacedName column;
  std::vector<PlacedName> into;
  synth::SplitProgram program;
};

Result<SplitFields> read_split_fields(const text::Yaml& node);
std::string write_split_fields(const SplitFields& step, size_t indent);

}  // namespace aml::prep
