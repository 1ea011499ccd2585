#include "excel/xlsx_text.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::excel;

TEST_CASE("characters that XML cannot say are written in hexadecimal") {
  CHECK(unescape_text("a_x000D_b") == "a\rb");
  CHECK(unescape_text("_x005F_x000D_") == "_x000D_");
  CHECK(unescape_text("_x20AC_") == "€");
  CHECK(unescape_text("_x00_ _xZZZZ_ _x000D _x") == "_x00_ _xZZZZ_ _x000D _x");
  CHECK(unescape_text("_xD800_") == "\xef\xbf\xbd");
}

TEST_CASE("shared strings are runs without pronunciation, trimmed unless preserved") {
  XmlReader xml(
      std::make_unique<StringSource>("<sst count='99'><si><t> a </t></si><si/><si><t xml:space='preserve'> b </t>"
                                     "</si><si><r><rPr><b/></rPr><t>c</t></r><r><t>d</t></r><rPh><t>e</t></rPh>"
                                     "</si></sst>"),
      "p");
  const auto pool = read_shared_strings(xml);
  REQUIRE(pool->size() == 4);
  CHECK((*pool)[0] == "a");
  CHECK((*pool)[1] == "");
  CHECK((*pool)[2] == " b ");
  CHECK((*pool)[3] == "cd");
}
