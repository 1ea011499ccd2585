#include <doctest/doctest.h>

#include "synth/date.h"

using namespace aml::synth;

namespace {

std::string first(std::string_view text, DateOrder order, LoneNumbers lone = LoneNumbers::no) {
  const auto formats = formats_of(text, order, lone);
  return formats.empty() ? "none" : formats.front();
}

}  // namespace

TEST_CASE("the order of day and month is the caller's to say") {
  CHECK(first("6/10/2143", DateOrder::month_first) == "M/d/yyyy");
  CHECK(first("6/10/2143", DateOrder::day_first) == "d/M/yyyy");
  CHECK(first("30/3/2002", DateOrder::month_first) == "none");
  CHECK(first("2015-12-11", DateOrder::year_day_month) == "yyyy-d-M");
}

TEST_CASE("names, times and ordinals are told by themselves") {
  CHECK(first("31-Jan-2031 05:54:18", DateOrder::day_first) == "d-MMM-yyyy H:mm:ss");
  CHECK(first("Friday, January 2nd 2031", DateOrder::day_first) == "dddd, MMMM do yyyy");
  CHECK(first("6:25:57 PM", DateOrder::day_first) == "h:mm:ss tt");
  CHECK(first("4am", DateOrder::day_first) == "htt");
  CHECK(first("2026-12-30T06:25:57Z", DateOrder::month_first) == "yyyy-M-d'T'H:mm:ssz");
}

TEST_CASE("eight digits are a date where one order of them is valid") {
  CHECK(first("01311846", DateOrder::month_first) == "Mddyyyy");
  CHECK(first("8142089", DateOrder::month_first) == "Mddyyyy");
  CHECK(first("20040717", DateOrder::month_first) == "yyyyMMdd");
}

TEST_CASE("a number on its own is a date only where that is allowed") {
  CHECK(first("11", DateOrder::month_first) == "none");
  CHECK(first("11", DateOrder::month_first, LoneNumbers::yes) == "M");
  CHECK(first("227", DateOrder::month_first, LoneNumbers::yes) == "Hmm");
}

TEST_CASE("other texts are no dates") {
  CHECK(first("", DateOrder::month_first) == "none");
  CHECK(first("Hone Albert", DateOrder::month_first) == "none");
  CHECK(first("659/725/2010", DateOrder::month_first) == "none");
  CHECK(first(std::string(100, '1'), DateOrder::month_first) == "none");
}
