// The step that a program learned from examples is saved as: read from YAML, written as YAML, learned anew.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "prep/step_arguments.h"
#include "synth/learn.h"
#include "text/yaml.h"

namespace aml::prep {

// derive_by_example: {from: [a, b], into: c, examples: […], program: …}
struct ByExample {
  std::vector<PlacedName> from;
  PlacedName into;
  std::vector<synth::Example> examples;
  synth::Program program;

  std::vector<std::string> columns() const;  // the names of `from`
};

Result<ByExample> read_by_example(const text::Yaml& node);

// The step as an entry of `steps`, each line behind `indent` blanks: "- derive_by_example:\n    from: …".
std::string write_by_example(const ByExample& step, size_t indent);

}  // namespace aml::prep
