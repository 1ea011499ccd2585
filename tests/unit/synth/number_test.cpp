#include "synth/number.h"

#include <doctest/doctest.h>

using namespace aml::synth;

namespace {

std::string text_of(const std::optional<Decimal>& value) { return value ? to_text(*value) : "none"; }

std::string formatted(std::string_view number, const NumberFormat& format) {
  std::string out;
  append_formatted(out, *parse_decimal(number), format);
  return out;
}

}  // namespace

TEST_CASE("numbers are read as a whole or not at all") {
  CHECK(text_of(parse_decimal("-1,234.50")) == "-1234.5");
  CHECK(text_of(parse_decimal("5.581612E-001")) == "0.5581612");
  CHECK(text_of(parse_decimal(".5")) == "0.5");
  CHECK(text_of(parse_decimal("1,23")) == "none");
  CHECK(text_of(parse_decimal("1a")) == "none");
  CHECK(text_of(parse_decimal("")) == "none");
  CHECK(text_of(parse_decimal("-")) == "none");
  CHECK(text_of(parse_decimal("1e")) == "none");
  CHECK(text_of(parse_decimal(std::string(40, '9'))) == "none");
  CHECK(text_of(parse_decimal("1e40")) == "none");
}

TEST_CASE("a power of ten moves the point and keeps the digits") {
  std::string out;
  append_formatted(out, *multiply(*parse_decimal("2020"), {1, 2}), {});
  CHECK(out == "20.20");
  CHECK(text_of(multiply(*parse_decimal("-2345.23292"), {1000, 0})) == "-2345232.92");
}

TEST_CASE("0.1 + 0.2 is 0.3") { CHECK(text_of(add(*parse_decimal("0.1"), *parse_decimal("0.2"))) == "0.3"); }

TEST_CASE("values that do not fit are nothing, never wrong") {
  const Decimal huge = *parse_decimal("99999999999999999999999999999");
  CHECK(text_of(multiply(huge, huge)) == "none");
}

TEST_CASE("rounding knows three directions and an anchor") {
  const auto rounded = [](std::string_view number, RoundingMode mode, const Decimal& unit, const Decimal& anchor = {}) {
    return text_of(round(*parse_decimal(number), {mode, unit, anchor, {}}));
  };
  CHECK(rounded("115", RoundingMode::nearest, {10, 0}) == "120");
  CHECK(rounded("-115", RoundingMode::nearest, {10, 0}) == "-120");
  CHECK(rounded("-75.5812935", RoundingMode::nearest, {5, 2}) == "-75.6");
  CHECK(rounded("-1", RoundingMode::down, {10, 0}) == "-10");
  CHECK(rounded("11", RoundingMode::up, {10, 0}) == "20");
  CHECK(rounded("7", RoundingMode::down, {5, 0}, {1, 0}) == "6");
}

TEST_CASE("formats pad, group and round the digits people see") {
  CHECK(formatted("42.3625", {.decimals_min = 3, .decimals_max = 3}) == "42.363");
  CHECK(formatted("42.4", {.decimals_min = 0, .decimals_max = 2}) == "42.4");
  CHECK(formatted("5828", {.whole_min = 5}) == "05828");
  CHECK(formatted("1234567.5", {.has_groups = true}) == "1,234,567.5");
  CHECK(formatted("0.22", {.whole_min = 0}) == ".22");
  CHECK(formatted("18", {.pad_left = 3, .pad_right = 4}) == " 18.   ");
  CHECK(formatted("9.320567", {.significant = 3}) == "9.32");
  CHECK(formatted("15596", {.significant = 3}) == "15600");
  CHECK(formatted("-0.5", {}) == "-0.5");
}

TEST_CASE("numbers compare by value") {
  CHECK(compare(*parse_decimal("1.50"), *parse_decimal("1.5")) == 0);
  CHECK(compare(*parse_decimal("-2"), *parse_decimal("1.5")) < 0);
}
