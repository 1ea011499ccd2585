#include "excel/decimal_digits.h"

#include <doctest/doctest.h>

using namespace aml::excel;

TEST_CASE("General shows eleven characters, then powers of ten") {
  CHECK(general_text(0) == "0");
  CHECK(general_text(-0.0) == "0");
  CHECK(general_text(1.5) == "1.5");
  CHECK(general_text(-12345.6789) == "-12345.6789");
  CHECK(general_text(1.0 / 3) == "0.333333333");
  CHECK(general_text(1234567.8912) == "1234567.891");
  CHECK(general_text(12345678901.0) == "12345678901");
  CHECK(general_text(12345678901.5) == "12345678902");
  CHECK(general_text(123456789012.0) == "1.23457E+11");
  CHECK(general_text(99999999999.9) == "1E+11");
  CHECK(general_text(0.00001) == "0.00001");
  CHECK(general_text(0.0000123456) == "1.23456E-05");
  CHECK(general_text(1e100) == "1E+100");
}

TEST_CASE("numbers have fifteen digits and are rounded half away from zero") {
  DecimalDigits number = DecimalDigits::of(0.1 + 0.2);
  CHECK(number.digits == "3");
  CHECK(number.point == 0);
  number = DecimalDigits::of(2.675);
  number.round(2);
  CHECK(number.whole() == "2");
  CHECK(number.fraction(2) == "68");
  number = DecimalDigits::of(999.96);
  number.round(1);
  CHECK(number.whole() == "1000");
  CHECK(number.fraction(1) == "0");
  number = DecimalDigits::of(0.004);
  number.round(2);
  CHECK(number.is_zero());
  number = DecimalDigits::of(0.05);
  CHECK(number.fraction(3) == "050");
}
