// What predict and evaluate share: the table they read, the model that scores it, and what they say of odd cells.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "model/score.h"
#include "table/reader.h"

namespace aml::amlmodel {

struct Input {
  std::string file;
  std::optional<std::string> from;
  std::vector<std::string> missing;
  std::string ragged = "refuse";
  std::optional<std::string> columns;  // comma-separated, for a model that does not name its inputs
};

std::vector<cli::Flag> input_flags(Input& input);
Result<std::unique_ptr<table::Reader>> open_input(cli::Session& session, const Input& input);
Result<model::BatchScorer> open_scorer(cli::Session& session, const std::string& model, const Input& input);

// One warning per column with cells that are no value of its type.
void warn_unconverted(cli::Session& session, const model::BatchScorer& scorer,
                      const std::vector<model::Unconverted>& columns);

}  // namespace aml::amlmodel
