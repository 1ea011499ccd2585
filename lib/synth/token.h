// What positions in a text are told by: runs of characters of one class, or a literal. Everything works on UTF-8;
// bytes that are not UTF-8 count as symbols of one byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml::synth {

// Bits of the classes a character belongs to.
enum CharClass : uint8_t {
  kDigit = 1,
  kUpper = 2,
  kLower = 4,  // letters without case count as lower
  kSpace = 8,
  kSymbol = 16,
};

// The class of the character that begins at `at`, which is less than text.size().
CharClass class_at(std::string_view text, size_t at);
size_t char_length(std::string_view text, size_t at);    // bytes of the character at `at`
size_t count_chars(std::string_view text);               // characters of the whole text
size_t previous_char(std::string_view text, size_t at);  // where the character before `at` begins; at > 0

enum class Token : uint8_t {
  literal,
  digits,
  letters,
  upper,
  lower,
  alnum,
  space,
  symbols,
  nonspace,
  capitalized,  // one upper-case letter and the lower-case ones after it
  capital,      // one upper-case letter
  name,         // letters, with apostrophes, hyphens and points between or after them
  number,       // digits with sign, groups and decimals
  phrase,       // words and numbers with blanks, points and hyphens between: what stands between commas, brackets, …
};
inline constexpr size_t kTokens = 14;
std::string_view name_of(Token token);  // "digits"; the names are part of the program format
std::optional<Token> parse_token(std::string_view name);

struct Pattern {
  Token token = Token::literal;
  std::string literal = {};  // not empty for Token::literal, empty for the others

  friend bool operator==(const Pattern&, const Pattern&) = default;
};

struct Match {
  size_t begin = 0;
  size_t end = 0;
};

// The first match that begins at `from` or later; runs are cut at `from`, as if the text began there.
std::optional<Match> find_match(const Pattern& pattern, std::string_view text, size_t from);

// The k-th match from the left for k > 0, from the right for k < 0. Matches do not overlap.
std::optional<Match> find_nth(const Pattern& pattern, std::string_view text, int k);

}  // namespace aml::synth
