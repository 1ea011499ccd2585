#include "text/letter_case.h"

#include <doctest/doctest.h>

using namespace aml::text;

namespace {

std::string lower(std::string_view text) {
  std::string out;
  append_lower(out, text);
  return out;
}

std::string upper(std::string_view text) {
  std::string out;
  append_upper(out, text);
  return out;
}

}  // namespace

TEST_CASE("case mapping covers ASCII, accents, Greek and Cyrillic") {
  CHECK(lower("ABCxyz019[@`{") == "abcxyz019[@`{");
  CHECK(upper("abcXYZ019[@`{") == "ABCXYZ019[@`{");
  CHECK(lower("ÄÖÜ ÉÑŁŻ ΑΒΩ ЖЯЁ") == "äöü éñłż αβω жяё");
  CHECK(upper("äöü éñłż αβω жяё") == "ÄÖÜ ÉÑŁŻ ΑΒΩ ЖЯЁ");
  CHECK(upper("𐐨") == "𐐀");
}

TEST_CASE("case mapping leaves letters without a single counterpart and bytes that are not UTF-8 alone") {
  CHECK(upper("straße") == "STRAßE");
  CHECK(lower("×÷ 東京") == "×÷ 東京");
  CHECK(upper("a\xff\xc3") == "A\xff\xc3");
  CHECK(lower("") == "");
}
