#include "synth/token.h"

#include <algorithm>
#include <cstring>

#include "text/unicode.h"

namespace aml::synth {
namespace {

constexpr std::array<std::string_view, kTokens> kNames = {
    "literal", "digits",   "letters",     "upper",   "lower", "alnum",  "space",
    "symbols", "nonspace", "capitalized", "capital", "name",  "number", "phrase",
};

constexpr std::array<uint8_t, 128> make_ascii_classes() {
  std::array<uint8_t, 128> classes{};
  for (size_t c = 0; c < 128; ++c) {
    if (c >= '0' && c <= '9') classes[c] = kDigit;
    else if (c >= 'A' && c <= 'Z') classes[c] = kUpper;
    else if (c >= 'a' && c <= 'z') classes[c] = kLower;
    else if (c == ' ' || (c >= '\t' && c <= '\r')) classes[c] = kSpace;
    else classes[c] = kSymbol;
  }
  return classes;
}
constexpr std::array<uint8_t, 128> kAsciiClasses = make_ascii_classes();

// The letters with case that data outside ASCII mostly has: Latin-1, Greek, Cyrillic. Symbols: Latin-1's, general
// punctuation, currencies, and the replacement character.
CharClass class_beyond_ascii(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t length = text::utf8_sequence_length(text.substr(at));
  if (length == 0) return kSymbol;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  if (lead == 0xc2) return second == 0xa0 ? kSpace : kSymbol;
  if (lead == 0xc3) return second < 0x9f && second != 0x97 ? kUpper : kLower;
  if (lead == 0xce) return second >= 0x86 && second <= 0xab ? kUpper : kLower;
  if (lead == 0xd0) return second < 0xb0 ? kUpper : kLower;
  if (lead == 0xe2 && second <= 0x83) return kSymbol;
  if (lead == 0xef && second == 0xbf) return kSymbol;
  return kLower;
}

// The classes a run of the token is made of; 0 for tokens that are not runs.
constexpr uint8_t run_classes(Token token) {
  switch (token) {
    case Token::digits: return kDigit;
    case Token::letters: return kUpper | kLower;
    case Token::upper: return kUpper;
    case Token::lower: return kLower;
    case Token::alnum: return kDigit | kUpper | kLower;
    case Token::space: return kSpace;
    case Token::symbols: return kSymbol;
    case Token::nonspace: return kDigit | kUpper | kLower | kSymbol;
    default: return 0;
  }
}

// The first character from `at` on that is, or is not, of the classes. ASCII goes byte by byte through the table.
template <bool kWanted>
size_t find_class(std::string_view text, size_t at, uint8_t classes) {
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 128) {
      if (((kAsciiClasses[byte] & classes) != 0) == kWanted) return at;
      ++at;
      continue;
    }
    if (((class_beyond_ascii(text, at) & classes) != 0) == kWanted) return at;
    at += char_length(text, at);
  }
  return at;
}

size_t skip_run(std::string_view text, size_t at, uint8_t classes) { return find_class<false>(text, at, classes); }

std::optional<Match> find_run(std::string_view text, size_t from, uint8_t classes) {
  from = find_class<true>(text, from, classes);
  if (from >= text.size()) return std::nullopt;
  return Match{from, skip_run(text, from, classes)};
}

bool is_digit_at(std::string_view text, size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

// -12,345.67: a sign counts where nothing stands before it, a group mark only in front of three digits.
std::optional<Match> find_number(std::string_view text, size_t from) {
  size_t begin = from;
  while (begin < text.size() && !is_digit_at(text, begin)) ++begin;
  if (begin >= text.size()) return std::nullopt;
  size_t end = skip_run(text, begin, kDigit);
  const auto ends_group = [&](size_t at) {
    return is_digit_at(text, at + 1) && is_digit_at(text, at + 2) && is_digit_at(text, at + 3) &&
           !is_digit_at(text, at + 4);
  };
  while (end < text.size() && text[end] == ',' && end - begin <= 3 + 4 * 8 && ends_group(end)) end += 4;
  if (end < text.size() && text[end] == '.' && is_digit_at(text, end + 1)) end = skip_run(text, end + 1, kDigit);
  const bool has_sign = begin > from && (text[begin - 1] == '-' || text[begin - 1] == '+');
  if (has_sign && (begin == 1 || (class_at(text, begin - 2) & (kSpace | kSymbol)) != 0)) --begin;
  return Match{begin, end};
}

std::optional<Match> find_capitalized(std::string_view text, size_t from) {
  while (const auto upper = find_run(text, from, kUpper)) {
    size_t last = upper->end;  // the last upper-case letter of the run is the one the lower-case ones follow
    last = previous_char(text, last);
    const size_t end = skip_run(text, upper->end, kLower);
    if (end > upper->end) return Match{last, end};
    from = end;
  }
  return std::nullopt;
}

std::optional<Match> find_name(std::string_view text, size_t from) {
  const auto letters = find_run(text, from, kUpper | kLower);
  if (!letters) return std::nullopt;
  size_t end = letters->end;
  while (end < text.size() && (text[end] == '-' || text[end] == '\'')) {
    const size_t next = skip_run(text, end + 1, kUpper | kLower);
    if (next == end + 1) break;
    end = next;
  }
  return Match{letters->begin, end};
}

// Ends with a letter or digit, so that a blank or point behind is not part of it.
std::optional<Match> find_phrase(std::string_view text, size_t from) {
  const auto first = find_run(text, from, kDigit | kUpper | kLower);
  if (!first) return std::nullopt;
  size_t end = first->end;
  for (size_t at = end; at < text.size();) {
    const bool is_inner = std::string_view(" .-'&_").find(text[at]) != std::string_view::npos;
    const size_t word = skip_run(text, at, kDigit | kUpper | kLower);
    if (word > at) at = end = word;
    else if (is_inner) ++at;
    else break;
  }
  return Match{first->begin, end};
}

std::optional<Match> find_literal(const std::string& literal, std::string_view text, size_t from) {
  if (from > text.size()) return std::nullopt;
  const size_t at = literal.size() == 1 ? text.find(literal[0], from) : text.find(literal, from);
  if (at == std::string_view::npos) return std::nullopt;
  return Match{at, at + literal.size()};
}

// From the right, where that needs no look at what stands before.
std::optional<Match> find_literal_back(const std::string& literal, std::string_view text, int k) {
  size_t end = text.size();
  for (;; ++k) {
    if (end < literal.size()) return std::nullopt;
    const size_t at = text.rfind(literal, end - literal.size());
    if (at == std::string_view::npos) return std::nullopt;
    if (k == -1) return Match{at, at + literal.size()};
    end = at;
  }
}

std::optional<Match> find_run_back(std::string_view text, uint8_t classes, int k) {
  size_t end = text.size();
  for (;; ++k) {
    while (end > 0) {
      const size_t before = previous_char(text, end);
      if ((class_at(text, before) & classes) != 0) break;
      end = before;
    }
    if (end == 0) return std::nullopt;
    size_t begin = end;
    while (begin > 0) {
      const size_t before = previous_char(text, begin);
      if ((class_at(text, before) & classes) == 0) break;
      begin = before;
    }
    if (k == -1) return Match{begin, end};
    end = begin;
  }
}

}  // namespace

CharClass class_at(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 128 ? static_cast<CharClass>(kAsciiClasses[byte]) : class_beyond_ascii(text, at);
}

size_t char_length(std::string_view text, size_t at) {
  if (static_cast<unsigned char>(text[at]) < 128) return 1;
  return std::max<size_t>(1, text::utf8_sequence_length(text.substr(at)));
}

size_t count_chars(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += char_length(text, at)) ++count;
  return count;
}

size_t previous_char(std::string_view text, size_t at) {
  if (static_cast<unsigned char>(text[at - 1]) < 128) return at - 1;
  for (size_t back = 2; back <= 4 && back <= at; ++back)
    if (text::utf8_sequence_length(text.substr(at - back)) == back) return at - back;
  return at - 1;
}

std::string_view name_of(Token token) { return kNames[static_cast<size_t>(token)]; }

std::optional<Token> parse_token(std::string_view name) {
  const auto found = std::find(kNames.begin() + 1, kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Token>(found - kNames.begin());
}

std::optional<Match> find_match(const Pattern& pattern, std::string_view text, size_t from) {
  switch (pattern.token) {
    case Token::literal: return find_literal(pattern.literal, text, from);
    case Token::capitalized: return find_capitalized(text, from);
    case Token::name: return find_name(text, from);
    case Token::number: return find_number(text, from);
    case Token::phrase: return find_phrase(text, from);
    case Token::capital: {
      const auto run = find_run(text, from, kUpper);
      if (!run) return std::nullopt;
      return Match{run->begin, run->begin + char_length(text, run->begin)};
    }
    default: return find_run(text, from, run_classes(pattern.token));
  }
}

std::optional<Match> find_nth(const Pattern& pattern, std::string_view text, int k) {
  if (k < 0) {
    if (pattern.token == Token::literal) return find_literal_back(pattern.literal, text, k);
    if (run_classes(pattern.token) != 0) return find_run_back(text, run_classes(pattern.token), k);
    int count = 0;
    for (auto match = find_match(pattern, text, 0); match; match = find_match(pattern, text, match->end)) ++count;
    k += count + 1;
    if (k <= 0) return std::nullopt;
  }
  auto match = find_match(pattern, text, 0);
  for (; match && k > 1; --k) match = find_match(pattern, text, match->end);
  return match;
}

}  // namespace aml::synth
