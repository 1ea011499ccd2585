#include "synth/position.h"

#include <algorithm>
#include <cstdlib>

namespace aml::synth {
namespace {

size_t step_chars(std::string_view text, size_t from, int count) {
  for (; count > 0; --count) {
    if (from >= text.size()) return kNowhere;
    from += char_length(text, from);
  }
  return from;
}

size_t locate_offset(std::string_view text, int count) {
  if (count >= 0) return step_chars(text, 0, count);
  size_t at = text.size();
  for (; count < 0; ++count) {
    if (at == 0) return kNowhere;
    at = previous_char(text, at);
  }
  return at;
}

// True when a match of `pattern` begins at `at` in the whole text, not only in what follows `at`.
bool begins_at(const Pattern& pattern, std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  if (pattern.token == Token::literal) return text.substr(at).starts_with(pattern.literal);
  const auto match = find_match(pattern, text, at);
  if (!match || match->begin != at) return false;
  if (at == 0) return true;
  const auto wider = find_match(pattern, text, previous_char(text, at));
  return !wider || wider->begin == at;
}

size_t locate_edge(const Position& position, std::string_view text) {
  int left = position.count;
  if (left < 0) {
    int total = 0;
    for (auto match = find_match(position.left, text, 0); match; match = find_match(position.left, text, match->end))
      total += begins_at(position.right, text, match->end) ? 1 : 0;
    left += total + 1;
    if (left <= 0) return kNowhere;
  }
  for (auto match = find_match(position.left, text, 0); match; match = find_match(position.left, text, match->end))
    if (begins_at(position.right, text, match->end) && --left == 0) return match->end;
  return kNowhere;
}

// Digits, words and fields are what people point at; runs of one letter case seldom are.
int pattern_cost(const Pattern& pattern) {
  switch (pattern.token) {
    case Token::literal: return std::min<int>(8, 3 + static_cast<int>(pattern.literal.size()) / 2);
    case Token::digits: return 4;
    case Token::number: return 4;
    case Token::nonspace: return 4;
    case Token::space: return 4;
    case Token::phrase: return 5;
    case Token::alnum: return 5;
    case Token::letters: return 5;
    case Token::name: return 5;
    case Token::capitalized: return 6;
    case Token::upper: return 7;
    case Token::lower: return 8;
    case Token::capital: return 7;
    case Token::symbols: return 8;
  }
  return 9;
}

int count_cost(int count) { return 2 * std::min(7, std::abs(count) - 1); }

}  // namespace

size_t locate(const Position& position, std::string_view text, size_t from) {
  switch (position.kind) {
    case Position::Kind::start: return 0;
    case Position::Kind::end: return text.size();
    case Position::Kind::offset: return locate_offset(text, position.count);
    case Position::Kind::before:
    case Position::Kind::after: {
      const auto match = find_nth(position.left, text, position.count);
      if (!match) return kNowhere;
      return position.kind == Position::Kind::before ? match->begin : match->end;
    }
    case Position::Kind::edge: return locate_edge(position, text);
    case Position::Kind::plus: return step_chars(text, from, position.count);
    case Position::Kind::next:
    case Position::Kind::past: {
      const auto match = find_match(position.left, text, from);
      if (!match) return kNowhere;
      return position.kind == Position::Kind::next ? match->begin : match->end;
    }
  }
  return kNowhere;
}

int cost_of(const Position& position, bool is_fixed_length) {
  switch (position.kind) {
    case Position::Kind::start:
    case Position::Kind::end: return 1;
    case Position::Kind::offset:
      if (is_fixed_length) return 4 + std::abs(position.count) / 8;
      return 9 + std::min(12, std::abs(position.count)) + (position.count < 0 ? 6 : 0);
    case Position::Kind::before:
    case Position::Kind::after: return pattern_cost(position.left) + count_cost(position.count);
    case Position::Kind::edge:
      return 4 + pattern_cost(position.left) + pattern_cost(position.right) + count_cost(position.count);
    case Position::Kind::plus:
      return (position.count == 1 ? 3 : 5) + std::min(12, position.count) - (is_fixed_length ? 2 : 0);
    case Position::Kind::next: return pattern_cost(position.left) - 1;
    case Position::Kind::past: return pattern_cost(position.left) - 1;
  }
  return 0;
}

}  // namespace aml::synth
