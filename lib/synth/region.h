// A part of one input column: which column, what is taken out of it first, and the slice between two positions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "synth/position.h"

namespace aml::synth {

// What is done to a whole cell before it is sliced.
struct Filter {
  enum class Kind : uint8_t {
    none,
    trim,      // white space at both ends
    squeeze,   // as trim, and runs of white space become one blank
    keep,      // only characters of `token`, or of the literal `text`
    drop,      // all others
    replace,   // `text` becomes `with`
    initials,  // the first letter of each word
    ascii,     // accents go
  };
  Kind kind = Kind::none;
  Token token = Token::literal;
  std::string text = {};
  std::string with = {};

  friend bool operator==(const Filter&, const Filter&) = default;
};

void append_filtered(std::string& out, const Filter& filter, std::string_view text);
int cost_of(const Filter& filter);

struct Region {
  size_t column = 0;
  Filter filter = {};
  Position from = {Position::Kind::start};
  Position to = {Position::Kind::end};

  friend bool operator==(const Region&, const Region&) = default;
};

// The slice of a cell already filtered; nothing where a position is not found or the end stands before the start.
std::optional<std::string_view> slice(const Region& region, std::string_view text);

enum class LetterCase : uint8_t { as_is, lower, upper, title, sentence, swapped };
std::string_view name_of(LetterCase letter_case);  // "lower"
std::optional<LetterCase> parse_letter_case(std::string_view name);
void append_cased(std::string& out, LetterCase letter_case, std::string_view text);

}  // namespace aml::synth
