#include "synth/token.h"

#include <doctest/doctest.h>

using namespace aml::synth;

namespace {

std::string nth(const Pattern& pattern, std::string_view text, int k) {
  const auto match = find_nth(pattern, text, k);
  return match ? std::string(text.substr(match->begin, match->end - match->begin)) : "none";
}

}  // namespace

TEST_CASE("matches are counted from both ends") {
  CHECK(nth({Token::digits}, "a1b22c333", 1) == "1");
  CHECK(nth({Token::digits}, "a1b22c333", -1) == "333");
  CHECK(nth({Token::digits}, "a1b22c333", 4) == "none");
  CHECK(nth({Token::digits}, "a1b22c333", -4) == "none");
  CHECK(nth({Token::literal, "--"}, "a---b--c", -1) == "--");
  CHECK(find_nth({Token::literal, "--"}, "a---b--c", -2)->begin == 2);
}

TEST_CASE("numbers have signs, groups and decimals") {
  CHECK(nth({Token::number}, "x -1,234.50 y", 1) == "-1,234.50");
  CHECK(nth({Token::number}, "5-3", 2) == "3");
  CHECK(nth({Token::number}, "1,23", 1) == "1");
  CHECK(nth({Token::number}, "3.", 1) == "3");
}

TEST_CASE("a capitalized word has lower-case letters behind its capital") {
  CHECK(nth({Token::capitalized}, "ABCde Fg", 1) == "Cde");
  CHECK(nth({Token::capitalized}, "ABC", 1) == "none");
}

TEST_CASE("names keep hyphens and apostrophes inside") { CHECK(nth({Token::name}, "Jean-Luc d'Arc-", -1) == "d'Arc"); }

TEST_CASE("a phrase ends with a word") {
  CHECK(nth({Token::phrase}, "(X11 SE 4.8; rv)", 1) == "X11 SE 4.8");
  CHECK(nth({Token::phrase}, "a. ;b", 1) == "a");
}

TEST_CASE("letters beyond ASCII are letters, with their case") {
  CHECK(nth({Token::letters}, "Terán!", 1) == "Terán");
  CHECK(class_at("Émile", 0) == kUpper);
  CHECK(class_at("€", 0) == kSymbol);
}

TEST_CASE("bytes that are not UTF-8 are symbols of one byte") {
  CHECK(class_at("\xff", 0) == kSymbol);
  CHECK(char_length("\xff\xff", 0) == 1);
  CHECK(count_chars("a\xff\xc3") == 3);
  CHECK(previous_char("é", 2) == 0);
}

TEST_CASE("token names are read back") {
  for (size_t i = 1; i < kTokens; ++i) CHECK(parse_token(name_of(static_cast<Token>(i))) == static_cast<Token>(i));
  CHECK(!parse_token("literal"));
  CHECK(!parse_token("vowels"));
}
