// Checks an expression against a schema: finds columns and functions, chooses the overload that fits the types, and
// computes what is constant.
#pragma once

#include "base/result.h"
#include "prep/expression_program.h"
#include "prep/expression_tree.h"
#include "prep/placed_text.h"
#include "table/schema.h"

namespace aml::prep {

Result<Program> bind_expression(const Term& term, const PlacedText& source, const table::Schema& schema);

}  // namespace aml::prep
