#include "prep/decimal.h"

#include <doctest/doctest.h>

using aml::prep::round_decimal;

TEST_CASE("decimal text is rounded exactly, halves away from zero") {
  CHECK(round_decimal("2.675", 2) == "2.68");
  CHECK(round_decimal("-2.675", 2) == "-2.68");
  CHECK(round_decimal("1.005", 2) == "1.01");
  CHECK(round_decimal("0.5", 0) == "1");
  CHECK(round_decimal("0.49999999999999999999", 0) == "0");
  CHECK(round_decimal("9.995", 2) == "10.00");
  CHECK(round_decimal("999", -1) == "1000");
  CHECK(round_decimal("44", -1) == "40");
  CHECK(round_decimal("45", -1) == "50");
  CHECK(round_decimal("50", -2) == "100");
  CHECK(round_decimal("50", -3) == "0");
  CHECK(round_decimal("3", 2) == "3.00");
  CHECK(round_decimal(".5", 1) == "0.5");
  CHECK(round_decimal("5.", 1) == "5.0");
  CHECK(round_decimal("+007.10", 1) == "7.1");
}

TEST_CASE("exponents move the point, and a zero has no sign") {
  CHECK(round_decimal("1.25e1", 1) == "12.5");
  CHECK(round_decimal("1.25E-2", 3) == "0.013");
  CHECK(round_decimal("4e-5", 3) == "0.000");
  CHECK(round_decimal("6e-4", 3) == "0.001");
  CHECK(round_decimal("1e20", 0) == "100000000000000000000");
  CHECK(round_decimal("-0.001", 2) == "0.00");
  CHECK(!round_decimal("1e5000", 2));
}
