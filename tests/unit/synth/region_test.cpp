#include "synth/region.h"

#include <doctest/doctest.h>

using namespace aml::synth;

namespace {

std::string filtered(const Filter& filter, std::string_view text) {
  std::string out;
  append_filtered(out, filter, text);
  return out;
}

std::string cased(LetterCase letter_case, std::string_view text) {
  std::string out;
  append_cased(out, letter_case, text);
  return out;
}

}  // namespace

TEST_CASE("filters take things out of a whole cell") {
  CHECK(filtered({Filter::Kind::trim}, "  a  b ") == "a  b");
  CHECK(filtered({Filter::Kind::trim}, "   ").empty());
  CHECK(filtered({Filter::Kind::squeeze}, " a \t b ") == "a b");
  CHECK(filtered({Filter::Kind::keep, Token::digits}, "(801) 456-8765") == "8014568765");
  CHECK(filtered({Filter::Kind::drop, Token::literal, ","}, "1,2,3") == "123");
  CHECK(filtered({Filter::Kind::replace, Token::literal, "ab", "c"}, "ababa") == "cca");
  CHECK(filtered({Filter::Kind::initials}, "Very Large data") == "VLd");
  CHECK(filtered({Filter::Kind::ascii}, "áÉñœ") == "aEnœ");
}

TEST_CASE("letter case works on words and sentences") {
  CHECK(cased(LetterCase::title, "NEW hanover's o'neil") == "New Hanover's O'neil");
  CHECK(cased(LetterCase::sentence, "FIX it.") == "Fix it.");
  CHECK(cased(LetterCase::swapped, "aBc1") == "AbC1");
  CHECK(cased(LetterCase::upper, "é") == "É");
}

TEST_CASE("a slice whose end stands before its start is nothing") {
  const Region region{
      0, {}, {Position::Kind::after, 1, {Token::literal, "b"}}, {Position::Kind::before, 1, {Token::literal, "a"}}};
  CHECK(!slice(region, "ab"));
  CHECK(slice(Region{}, "ab") == "ab");
}

TEST_CASE("names of letter cases are read back") {
  CHECK(parse_letter_case(name_of(LetterCase::sentence)) == LetterCase::sentence);
  CHECK(!parse_letter_case("camel"));
}
