#include "prep/time_format.h"

#include <doctest/doctest.h>

#include "base/time.h"

using namespace aml;
using namespace aml::prep;

namespace {

// "2024-02-03T04:05:06.000000007+02:00", "none" or the message.
std::string read(const std::string& format, const std::string& text) {
  const auto compiled = TimeFormat::compile(format, TimeFormat::Use::read);
  if (!compiled.ok()) return compiled.error().message;
  const auto time = compiled->read(text);
  if (!time) return "none";
  const auto writer = TimeFormat::compile(time->offset_seconds ? "%FT%T.%f%z" : "%FT%T.%f", TimeFormat::Use::write);
  std::string out;
  writer->write(out, *time);
  return out;
}

std::string write(const std::string& format, CivilDate date, int64_t day_ns = 0) {
  const auto compiled = TimeFormat::compile(format, TimeFormat::Use::write);
  if (!compiled.ok()) return compiled.error().message;
  std::string out;
  compiled->write(out, {days_from_civil(date), day_ns, {}});
  return out;
}

constexpr int64_t kSecond = 1'000'000'000;

}  // namespace

TEST_CASE("dates are read in the form that was declared and in no other") {
  CHECK(read("%d.%m.%Y", "03.04.2024") == "2024-04-03T00:00:00.000");
  CHECK(read("%d.%m.%Y", " 3.4.2024 ") == "2024-04-03T00:00:00.000");
  CHECK(read("%m/%d/%y", "04/03/68") == "2068-04-03T00:00:00.000");
  CHECK(read("%m/%d/%y", "04/03/69") == "1969-04-03T00:00:00.000");
  CHECK(read("%Y%m%d", "20240229") == "2024-02-29T00:00:00.000");
  CHECK(read("%Y%m%d", "20230229") == "none");
  CHECK(read("%d.%m.%Y", "31.04.2024") == "none");
  CHECK(read("%d.%m.%Y", "03.04.24") == "none");
  CHECK(read("%d.%m.%Y", "03.04.20244") == "none");
  CHECK(read("%d.%m.%Y", "") == "none");
  CHECK(read("%Y-%j", "2024-366") == "2024-12-31T00:00:00.000");
  CHECK(read("%Y-%j", "2023-366") == "none");
  CHECK(read("%B %Y", "march 2020") == "2020-03-01T00:00:00.000");
  CHECK(read("%a, %d %b %Y", "Wed, 03 Apr 2024") == "2024-04-03T00:00:00.000");
  CHECK(read("%a, %d %b %Y", "Tue, 03 Apr 2024") == "none");
  CHECK(read("%d %b %Y", "3   Sept 2024") == "none");
  CHECK(read("%d %B %Y", "3   sep 2024") == "2024-09-03T00:00:00.000");
}

TEST_CASE("times of day, fractions and zones") {
  CHECK(read("%F %T", "2024-04-03 23:59:59") == "2024-04-03T23:59:59.000");
  CHECK(read("%F %T", "2024-04-03 24:00:00") == "none");
  CHECK(read("%F %T", "2024-04-03 23:60:00") == "none");
  CHECK(read("%F %I:%M %p", "2024-04-03 12:05 am") == "2024-04-03T00:05:00.000");
  CHECK(read("%F %I:%M %p", "2024-04-03 12:05 PM") == "2024-04-03T12:05:00.000");
  CHECK(read("%F %I:%M %p", "2024-04-03 13:05 PM") == "none");
  CHECK(read("%F %T.%f", "2024-04-03 01:02:03.5") == "2024-04-03T01:02:03.500");
  CHECK(read("%F %T.%f", "2024-04-03 01:02:03.000000007") == "2024-04-03T01:02:03.000000007");
  CHECK(read("%F %R %z", "2024-04-03 01:02 +0230") == "2024-04-03T01:02:00.000+02:30");
  CHECK(read("%F %R%z", "2024-04-03 01:02-03") == "2024-04-03T01:02:00.000-03:00");
  CHECK(read("%F %R%z", "2024-04-03 01:02Z") == "2024-04-03T01:02:00.000+00:00");
  CHECK(read("%d/%b/%Y:%T %z", "16/Oct/2016:16:22:33 -0200") == "2016-10-16T16:22:33.000-02:00");
  CHECK(read("%s", "86400") == "1970-01-02T00:00:00.000+00:00");
  CHECK(read("%s", "-1") == "1969-12-31T23:59:59.000+00:00");
}

TEST_CASE("a format that cannot be read is refused") {
  CHECK(read("%d.%m", "1.1") == "format '%d.%m' names no year");
  CHECK(read("%Q", "1") == "format '%Q' has an unknown directive '%Q'");
  CHECK(read("%V %Y", "1") == "format '%V %Y' has an unknown directive '%V'");
  CHECK(read("%Y %", "1") == "format '%Y %' has an unknown directive '% '");
  CHECK(read("", "1") == "a format has 1 to 256 bytes");
  CHECK(read("%% %Y", "% 2024") == "2024-01-01T00:00:00.000");
}

TEST_CASE("times are written with names, without zeros, by week") {
  const int64_t evening = (18 * 3600 + 6 * 60 + 7) * kSecond + 120'000'000;
  CHECK(write("%-d/%-m/%Y %-I:%M %p", {2033, 12, 20}, evening) == "20/12/2033 6:06 PM");
  CHECK(write("%A, %B %-d, %Y", {2031, 1, 31}) == "Friday, January 31, 2031");
  CHECK(write("%a %e %b %y Q%q", {2031, 1, 3}) == "Fri  3 Jan 31 Q1");
  CHECK(write("%T.%f %j %u %%", {2024, 12, 31}, evening) == "18:06:07.120 366 2 %");
  CHECK(write("%G-W%V-%u", {2010, 1, 3}) == "2009-W53-7");
  CHECK(write("%G-W%V-%u", {2024, 12, 30}) == "2025-W01-1");
  CHECK(write("%Y", {7, 1, 1}) == "0007");
  CHECK(write("%I", {2024, 1, 1}) == "12");
}

TEST_CASE("weeks and days of the year at the turns of years") {
  CHECK(weekday_of(0) == 4);
  CHECK(weekday_of(-4) == 7);
  CHECK(iso_week_of(days_from_civil({2016, 1, 3})).week == 53);
  CHECK(iso_week_of(days_from_civil({2016, 1, 3})).year == 2015);
  CHECK(iso_week_of(days_from_civil({2018, 12, 31})).week == 1);
  CHECK(day_of_year(days_from_civil({2023, 12, 31})) == 365);
}
