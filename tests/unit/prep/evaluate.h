// Evaluates expressions of a test over a batch.
#pragma once

#include <string>
#include <vector>

#include "prep/expression.h"
#include "unit/prep/make_batch.h"

namespace aml::prep {

// The cells as make_batch.h shows them, or the message and hint of the error.
inline std::vector<std::string> evaluate_over(const table::Batch& batch, const std::string& text) {
  const auto expression = Expression::compile(place_line(text, "e"), *batch.schema);
  if (!expression.ok()) return {expression.error().message, expression.error().hint};
  return show(*expression->evaluate(batch));
}

// An expression that reads no column.
inline std::string evaluate_constant(const std::string& text) {
  return evaluate_over(make_batch({{"unused", table::ColumnType::text, {"x"}}}), text)[0];
}

}  // namespace aml::prep
