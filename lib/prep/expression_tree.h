// An expression as it was written: what the parser makes and the binder checks. Operators are calls too, under the
// name they are written with ("+", "and", "in"; unary minus is "negate").
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace aml::prep {

struct MissingLiteral {
  bool operator==(const MissingLiteral&) const = default;
};
using Literal = std::variant<MissingLiteral, bool, int64_t, double, std::string>;

struct Term {
  enum class Kind : uint8_t { literal, column, call };

  Kind kind = Kind::literal;
  size_t offset = 0;      // of the column, literal, operator or function name, in the text of the expression
  std::string name = {};  // of a column or function
  Literal literal = {};
  std::vector<Term> arguments = {};
};

}  // namespace aml::prep
