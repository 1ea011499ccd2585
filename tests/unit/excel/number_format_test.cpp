#include "excel/number_format.h"

#include <doctest/doctest.h>

using namespace aml::excel;

namespace {

std::string shown(std::string_view code, double value) {
  return NumberFormat(code).displayed(value, DateSystem::from_1900);
}

}  // namespace

TEST_CASE("digits, thousands and decimals") {
  CHECK(shown("0", 1234.5) == "1235");
  CHECK(shown("0.00", -0.5) == "-0.50");
  CHECK(shown("#,##0.00", 1234567.891) == "1,234,567.89");
  CHECK(shown("#,##0", 999) == "999");
  CHECK(shown("#.##", 0) == ".");
  CHECK(shown("0000", 42) == "0042");
  CHECK(shown("000-00-0000", 123456789) == "123-45-6789");
  CHECK(shown("0.0,,\"M\"", 12345678) == "12.3M");
  CHECK(shown("0%", 0.256) == "26%");
  CHECK(shown("0.???", 1.5) == "1.5  ");
  CHECK(shown("\"x\"0\\y", 5) == "x5y");
}

TEST_CASE("powers of ten") {
  CHECK(shown("0.00E+00", 12345.678) == "1.23E+04");
  CHECK(shown("##0.0E+0", 12345.678) == "12.3E+3");
  CHECK(shown("0.00E-00", 0.00012) == "1.20E-04");
  CHECK(shown("0.0E+0", 9.99) == "1.0E+1");
  CHECK(shown("0.00E+00", 0) == "0.00E+00");
}

TEST_CASE("quotients") {
  CHECK(shown("# ?/?", 1.5) == "1 1/2");
  CHECK(shown("# ?\?/?\?", 3.14159) == "3 14/99");
  CHECK(shown("# ?/?", 2) == "2    ");
  CHECK(shown("# ?/8", 0.5) == " 4/8");
  CHECK(shown("?/?", 1.5) == "3/2");
}

TEST_CASE("sections for signs, conditions and texts") {
  CHECK(shown("0;(0)", -5) == "(5)");
  CHECK(shown("0;-0;\"none\"", 0) == "none");
  CHECK(shown("[>=100]\"big\";[<0]\"neg\" 0;0.0", 150) == "big");
  CHECK(shown("[>=100]\"big\";[<0]\"neg\" 0;0.0", -3) == "neg 3");
  CHECK(shown("[>=100]\"big\";[<0]\"neg\" 0;0.0", 7) == "7.0");
  CHECK(shown("0;;", -5) == "");
  CHECK(NumberFormat("0;0;0;\"<\"@\">\"").displayed("word") == "<word>");
  CHECK(NumberFormat("0.00").displayed("word") == "word");
}

TEST_CASE("money and alignment") {
  CHECK(shown(built_in_format(44), 1234.5) == " $1,234.50 ");
  CHECK(shown(built_in_format(44), 0) == " $-   ");
  CHECK(shown("[$€-407] #,##0.00", 5) == "€ 5.00");
  CHECK(shown("[Red]0", -1) == "-1");
}

TEST_CASE("dates and times") {
  const double noon = 45356.520138889;  // 2024-03-05 12:29:00
  CHECK(shown("yyyy-mm-dd", noon) == "2024-03-05");
  CHECK(shown("d-mmm-yy h:mm AM/PM", noon) == "5-Mar-24 12:29 PM");
  CHECK(shown("dddd, mmmm d, yyyy", noon) == "Tuesday, March 5, 2024");
  CHECK(shown("mm:ss", noon) == "29:00");
  CHECK(shown("hh:mm:ss.00", 0.5000057870) == "12:00:00.50");
  CHECK(shown("[h]:mm", 1.5) == "36:00");
  CHECK(shown("[mm]:ss", 0.0625) == "90:00");
  CHECK(shown("m/d/yyyy", 60) == "2/29/1900");
  CHECK(shown("h:mm a/p", 0.75) == "6:00 p");
  CHECK(shown("yyyy", -1) == std::string(255, '#'));
}

TEST_CASE("which formats make dates of numbers") {
  CHECK(NumberFormat("yyyy-mm-dd").date_text() == DateText::date);
  CHECK(NumberFormat("m/d/yy h:mm").date_text() == DateText::date_time);
  CHECK(NumberFormat("h:mm AM/PM").date_text() == DateText::time);
  CHECK(NumberFormat("[h]:mm:ss").date_text() == DateText::elapsed);
  CHECK(NumberFormat("[$-409]d\\-mmm").date_text() == DateText::date);
  for (const char* code : {"General", "0.00E+00", "\"day\" 0", "[Red]0", "@", "", "0\\d", "[>5]0"})
    CHECK_MESSAGE(!NumberFormat(code).date_text(), code);
}

TEST_CASE("codes that are broken or endless do not harm") {
  for (const char* code : {"[", "\"", "\\", "_", "*", ";;;;;;", "[h", "E+", "0E", "/", "?/", "0.0.0", "[$", "#,#,,#"})
    (void)shown(code, 1234.5);
  CHECK(shown(std::string(100000, '0'), 5) == "5");
}
