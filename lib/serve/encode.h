// Predictions as the body of a reply:
//
//   {"predictions":[{"label":"Adelie","probabilities":{"Adelie":0.98,"Chinstrap":0.02}}]}   classification
//   {"predictions":[{"score":3750.2}]}                                                      regression
#pragma once

#include <string>

#include "base/result.h"
#include "model/signature.h"
#include "table/batch.h"

namespace aml::serve {

// `scored` as BatchScorer makes it; one prediction per row, in order; ends in a line feed.
std::string encode_json(const table::Batch& scored, const model::Signature& signature);

// The same as CSV with a header, one batch after the other.
Result<std::string> encode_csv(const std::vector<table::Batch>& scored, const table::SchemaPtr& schema);

}  // namespace aml::serve
