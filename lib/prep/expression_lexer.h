// Cuts the text of an expression into tokens.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "prep/placed_text.h"

namespace aml::prep {

struct Token {
  enum class Kind : uint8_t { number, text, name, column, symbol, end };

  Kind kind = Kind::end;
  size_t offset = 0;
  std::string text = {};  // quotes and escapes resolved
  size_t length = 0;      // bytes in the expression

  bool is_symbol(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  bool is_word(std::string_view word) const { return kind == Kind::name && text == word; }
};

// The last token is always `end`.
Result<std::vector<Token>> cut_tokens(const PlacedText& source);

// How a token is named in a message: "'>'", "text 'abc'", "the end".
std::string describe(const Token& token);

}  // namespace aml::prep
