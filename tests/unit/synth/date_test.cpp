#include "synth/date.h"

#include <doctest/doctest.h>

using namespace aml::synth;

namespace {

std::string rewritten(std::string_view from, std::string_view to, std::string_view text) {
  const auto value = DateFormat::parse(from)->read(text);
  std::string out;
  if (!value || !DateFormat::parse(to)->append(out, *value)) return "none";
  return out;
}

}  // namespace

TEST_CASE("dates are read in one format and written in another") {
  CHECK(rewritten("d-MMM-yyyy H:mm:ss", "dddd, MMMM d, yyyy", "31-Jan-2031 05:54:18") == "Friday, January 31, 2031");
  CHECK(rewritten("M/d/yyyy", "yyyy-MM-dd", "2/29/2024") == "2024-02-29");
  CHECK(rewritten("M/d/yyyy", "yyyy-MM-dd", "2/29/2023") == "none");
  CHECK(rewritten("MMM do, yyyy", "d/M/yy", "May 2nd, 1999") == "2/5/99");
  CHECK(rewritten("Mddyyyy", "yyyy-MM-dd", "8142089") == "2089-08-14");
  CHECK(rewritten("Mddyyyy", "yyyy-MM-dd", "11242098") == "2098-11-24");
  CHECK(rewritten("yyyy j", "d MMM", "1846 231") == "19 Aug");
}

TEST_CASE("the 12-hour clock has noon and midnight") {
  CHECK(rewritten("h:mm tt", "HH:mm", "12:05 am") == "00:05");
  CHECK(rewritten("h:mm tt", "HH:mm", "12:05 PM") == "12:05");
  CHECK(rewritten("H:mm", "haa", "23:10") == "11pm");
  CHECK(rewritten("H:mm", "H:mm", "24:00") == "0:00");
  CHECK(rewritten("H:mm", "H:mm", "24:01") == "none");
}

TEST_CASE("quarters, weeks and weekdays of the month are counted") {
  CHECK(rewritten("d MMM yyyy", "'Q'q 'W'w #n", "17 Dec 1973") == "Q4 W51 #3");
  CHECK(rewritten("yyyy-MM-dd", "w", "2021-01-01") == "53");
  CHECK(rewritten("yyyy-MM-dd", "w", "2018-12-31") == "1");
  CHECK(rewritten("yyyy-MM-dd", "j", "2024-12-31") == "366");
}

TEST_CASE("parts that are absent cannot be written") {
  CHECK(rewritten("H:mm", "yyyy", "10:00") == "none");
  CHECK(rewritten("M", "MMMM", "10") == "October");
}

TEST_CASE("formats that say nothing are refused") {
  CHECK(!DateFormat::parse(""));
  CHECK(!DateFormat::parse("xyz"));
  CHECK(!DateFormat::parse("d 'open"));
}

TEST_CASE("times are rounded within the day") {
  const auto rounded = [](int hour, int minute, const TimeRounding& rounding) {
    return round({2020, 1, 1, hour, minute, 0}, rounding).second_of_day() / 60;
  };
  using Mode = TimeRounding::Mode;
  CHECK(rounded(13, 32, {Mode::down, 7200, 3600, 0}) == 13 * 60);
  CHECK(rounded(0, 23, {Mode::down, 7200, 3600, 0}) == 23 * 60);
  CHECK(rounded(23, 50, {Mode::up, 3600, 0, 0}) == 0);
  CHECK(rounded(10, 15, {Mode::nearest, 1800, 0, 0}) == 10 * 60 + 30);
  CHECK(rounded(10, 15, {Mode::none, 1, 0, 3600}) == 11 * 60 + 15);
}
