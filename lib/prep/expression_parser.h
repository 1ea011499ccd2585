// Parses the expression language of aml-prep(5):
//
//   any        := all ("or" all)*
//   all        := negation ("and" negation)*
//   negation   := "not" negation | comparison
//   comparison := joined [("==" | "!=" | "<" | "<=" | ">" | ">=") joined | ["not"] "in" "(" any ("," any)* ")"]
//   joined     := sum ("++" sum)*
//   sum        := product (("+" | "-") product)*
//   product    := signed (("*" | "/" | "//" | "%") signed)*
//   signed     := "-" signed | primary
//   primary    := number | 'text' | "text" | "true" | "false" | "missing" | column | name "(" [any ("," any)*] ")"
//               | "(" any ")"
//   column     := name | `any name` | [any name]
#pragma once

#include "base/result.h"
#include "prep/expression_tree.h"
#include "prep/placed_text.h"

namespace aml::prep {

Result<Term> parse_expression(const PlacedText& source);

}  // namespace aml::prep
