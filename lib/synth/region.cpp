#include "synth/region.h"

#include <algorithm>
#include <array>

#include "text/letter_case.h"

namespace aml::synth {
namespace {

constexpr std::array<std::string_view, 6> kCaseNames = {"as_is", "lower", "upper", "title", "sentence", "swapped"};

uint8_t classes_of(Token token) {
  switch (token) {
    case Token::digits: return kDigit;
    case Token::letters: return kUpper | kLower;
    case Token::upper: return kUpper;
    case Token::lower: return kLower;
    case Token::alnum: return kDigit | kUpper | kLower;
    case Token::space: return kSpace;
    case Token::symbols: return kSymbol;
    default: return kDigit | kUpper | kLower | kSymbol;  // nonspace
  }
}

enum class Wanted : bool { others, matching };

void append_chars(std::string& out, const Filter& filter, std::string_view text, Wanted wanted) {
  const uint8_t classes = classes_of(filter.token);
  for (size_t at = 0; at < text.size();) {
    const size_t length = char_length(text, at);
    const std::string_view character = text.substr(at, length);
    const bool matches = filter.token == Token::literal ? filter.text.find(character) != std::string::npos
                                                        : (class_at(text, at) & classes) != 0;
    if (matches == (wanted == Wanted::matching)) out.append(character);
    at += length;
  }
}

void append_squeezed(std::string& out, std::string_view text) {
  bool is_first = true;
  const Pattern words{Token::nonspace};
  for (auto word = find_match(words, text, 0); word; word = find_match(words, text, word->end)) {
    if (!is_first) out.push_back(' ');
    is_first = false;
    out.append(text.substr(word->begin, word->end - word->begin));
  }
}

std::string_view trimmed(std::string_view text) {
  const Pattern words{Token::nonspace};
  const auto first = find_match(words, text, 0);
  if (!first) return {};
  const auto last = find_nth(words, text, -1);
  return text.substr(first->begin, last->end - first->begin);
}

void append_initials(std::string& out, std::string_view text) {
  const Pattern words{Token::name};
  for (auto word = find_match(words, text, 0); word; word = find_match(words, text, word->end))
    out.append(text.substr(word->begin, char_length(text, word->begin)));
}

void append_replaced(std::string& out, const Filter& filter, std::string_view text) {
  for (size_t at = 0;;) {
    const size_t found = filter.text.empty() ? std::string_view::npos : text.find(filter.text, at);
    out.append(text.substr(at, found == std::string_view::npos ? found : found - at));
    if (found == std::string_view::npos) return;
    out.append(filter.with);
    at = found + filter.text.size();
  }
}

// The letters of Latin-1 from U+00C0 on, without their marks; those that no letter of ASCII stands for are blank.
constexpr std::string_view kLatin1Base = "AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y";

void append_ascii(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = char_length(text, at);
    const bool is_latin1 = length == 2 && static_cast<unsigned char>(text[at]) == 0xc3;
    const char base = is_latin1 ? kLatin1Base[static_cast<unsigned char>(text[at + 1]) - 0x80U] : ' ';
    if (base != ' ') out.push_back(base);
    else out.append(text.substr(at, length));
    at += length;
  }
}

enum class Words : bool { first_only, all };

void append_capitalized(std::string& out, std::string_view text, Words words) {
  bool is_start = true;
  for (size_t at = 0; at < text.size();) {
    const size_t length = char_length(text, at);
    const std::string_view character = text.substr(at, length);
    const bool is_letter = (class_at(text, at) & (kUpper | kLower)) != 0;
    if (is_letter && is_start) text::append_upper(out, character);
    else text::append_lower(out, character);
    if (words == Words::all) is_start = !is_letter && text[at] != '\'';
    else if (is_letter) is_start = false;
    at += length;
  }
}

void append_swapped(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = char_length(text, at);
    if (class_at(text, at) == kUpper) text::append_lower(out, text.substr(at, length));
    else text::append_upper(out, text.substr(at, length));
    at += length;
  }
}

}  // namespace

void append_filtered(std::string& out, const Filter& filter, std::string_view text) {
  switch (filter.kind) {
    case Filter::Kind::none: out.append(text); return;
    case Filter::Kind::trim: out.append(trimmed(text)); return;
    case Filter::Kind::squeeze: append_squeezed(out, text); return;
    case Filter::Kind::keep: append_chars(out, filter, text, Wanted::matching); return;
    case Filter::Kind::drop: append_chars(out, filter, text, Wanted::others); return;
    case Filter::Kind::replace: append_replaced(out, filter, text); return;
    case Filter::Kind::initials: append_initials(out, text); return;
    case Filter::Kind::ascii: append_ascii(out, text); return;
  }
}

int cost_of(const Filter& filter) {
  switch (filter.kind) {
    case Filter::Kind::none: return 0;
    case Filter::Kind::trim: return 4;
    case Filter::Kind::squeeze: return 7;
    case Filter::Kind::keep: return filter.token == Token::digits ? 9 : 11;
    case Filter::Kind::drop: return 9;
    case Filter::Kind::replace: return 15;
    case Filter::Kind::initials: return 10;
    case Filter::Kind::ascii: return 10;
  }
  return 0;
}

std::optional<std::string_view> slice(const Region& region, std::string_view text) {
  const size_t from = locate(region.from, text);
  if (from == kNowhere) return std::nullopt;
  const size_t to = locate(region.to, text, from);
  if (to == kNowhere || to < from) return std::nullopt;
  return text.substr(from, to - from);
}

std::string_view name_of(LetterCase letter_case) { return kCaseNames[static_cast<size_t>(letter_case)]; }

std::optional<LetterCase> parse_letter_case(std::string_view name) {
  const auto found = std::find(kCaseNames.begin(), kCaseNames.end(), name);
  if (found == kCaseNames.end()) return std::nullopt;
  return static_cast<LetterCase>(found - kCaseNames.begin());
}

void append_cased(std::string& out, LetterCase letter_case, std::string_view text) {
  switch (letter_case) {
    case LetterCase::as_is: out.append(text); return;
    case LetterCase::lower: text::append_lower(out, text); return;
    case LetterCase::upper: text::append_upper(out, text); return;
    case LetterCase::title: append_capitalized(out, text, Words::all); return;
    case LetterCase::sentence: append_capitalized(out, text, Words::first_only); return;
    case LetterCase::swapped: append_swapped(out, text); return;
  }
}

}  // namespace aml::synth
