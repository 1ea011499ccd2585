#include <doctest/doctest.h>

#include "unit/prep/evaluate.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Cells = std::vector<std::string>;

namespace {

std::string at(const std::string& text) { return evaluate_constant(text); }

}  // namespace

TEST_CASE("parts of dates, of instants in UTC and in a zone") {
  const auto batch =
      make_batch({{"t", ColumnType::timestamp, {"2024-12-31T23:30:00Z", "", "x", "1969-12-31T23:59:59Z"}}});
  CHECK(evaluate_over(batch, "iso_week(t)") == Cells{"1", "-", "!not_a_timestamp", "1"});
  CHECK(evaluate_over(batch, "iso_year(t)") == Cells{"2025", "-", "!not_a_timestamp", "1970"});
  CHECK(evaluate_over(batch, "year(t, 'Europe/Berlin')") == Cells{"2025", "-", "!not_a_timestamp", "1970"});
  CHECK(evaluate_over(batch, "hour(t, 'Asia/Kolkata')") == Cells{"5", "-", "!not_a_timestamp", "5"});
  CHECK(evaluate_over(batch, "minute(t, 'Asia/Kolkata')") == Cells{"0", "-", "!not_a_timestamp", "29"});
  CHECK(evaluate_over(batch, "second(t, 'UTC')") == Cells{"0", "-", "!not_a_timestamp", "59"});
  CHECK(evaluate_over(batch, "date(t, '+01:00')") == Cells{"2025-01-01", "-", "!not_a_timestamp", "1970-01-01"});
  CHECK(at("quarter(date('2024-10-01'))") == "4");
  CHECK(at("day_of_year(date('2024-12-31'))") == "366");
  CHECK(at("weekday(timestamp('2024-12-31T23:30:00Z'), 'Europe/Berlin')") == "3");
}

TEST_CASE("truncate cuts to the beginning of a unit, on the clocks of the zone") {
  CHECK(at("truncate(date('2024-08-17'), 'year')") == "2024-01-01");
  CHECK(at("truncate(date('2024-08-17'), 'quarter')") == "2024-07-01");
  CHECK(at("truncate(date('2024-08-17'), 'month')") == "2024-08-01");
  CHECK(at("truncate(date('2024-08-17'), 'week')") == "2024-08-12");
  CHECK(at("truncate(timestamp('2024-08-17T23:45:59.5Z'), 'hour')") == "2024-08-17T23:00:00Z");
  CHECK(at("truncate(timestamp('2024-08-17T23:45:59.5Z'), 'day', 'Europe/Berlin')") == "2024-08-17T22:00:00Z");
  CHECK(at("truncate(timestamp('2024-08-17T23:45:59Z'), 'hour', 'Asia/Kolkata')") == "2024-08-17T23:30:00Z");
  CHECK(at("truncate(timestamp('1969-12-31T23:59:59.5Z'), 'second')") == "1969-12-31T23:59:59Z");
  // Midnight did not exist in Sao Paulo on the day summer time began.
  CHECK(at("truncate(timestamp('2018-11-04T12:00:00Z'), 'day', 'America/Sao_Paulo')") == "!skipped_time");
  CHECK(at("truncate(timestamp('2018-11-04T12:00:00Z'), 'day', 'America/Sao_Paulo', 'earlier')") ==
        "2018-11-04T03:00:00Z");
  CHECK(at("truncate(date('2024-08-17'), 'hour')") == "e:1:30: a date has no time of day");
  CHECK(at("truncate(date('2024-08-17'), 'fortnight')") == "e:1:30: unknown unit 'fortnight'");
}

TEST_CASE("add counts on the calendar, and stays within the month") {
  CHECK(at("add(date('2024-01-31'), 1, 'month')") == "2024-02-29");
  CHECK(at("add(date('2024-02-29'), -1, 'year')") == "2023-02-28");
  CHECK(at("add(date('2024-02-29'), 2, 'quarter')") == "2024-08-29");
  CHECK(at("add(date('2024-02-29'), -2, 'week')") == "2024-02-15");
  CHECK(at("add(date('9999-12-31'), 1, 'day')") == "!out_of_range");
  CHECK(at("add(date('2024-02-29'), 9223372036854775807, 'year')") == "!out_of_range");
  CHECK(at("add(timestamp('2024-03-30T12:00:00Z'), 24, 'hour', 'Europe/Berlin')") == "2024-03-31T12:00:00Z");
  CHECK(at("add(timestamp('2024-03-30T12:00:00Z'), 1, 'day', 'Europe/Berlin')") == "2024-03-31T11:00:00Z");
  CHECK(at("add(timestamp('2024-03-30T01:30:00Z'), 1, 'day', 'Europe/Berlin')") == "!skipped_time");
  CHECK(at("add(timestamp('2024-03-30T01:30:00Z'), 1, 'day', 'Europe/Berlin', 'later')") == "2024-03-31T01:00:00Z");
}

TEST_CASE("difference counts units that are over") {
  CHECK(at("difference(date('2024-03-31'), date('2024-02-29'), 'month')") == "1");
  CHECK(at("difference(date('2024-03-28'), date('2024-02-29'), 'month')") == "0");
  CHECK(at("difference(date('2024-02-29'), date('2024-03-28'), 'month')") == "0");
  CHECK(at("difference(date('2024-02-29'), date('2020-02-29'), 'year')") == "4");
  CHECK(at("difference(date('2020-02-29'), date('2024-02-28'), 'year')") == "-3");
  CHECK(at("difference(date('2024-01-15'), date('2024-01-01'), 'week')") == "2");
  CHECK(at("difference(timestamp('2024-01-02T00:00:00Z'), timestamp('2024-01-01T00:00:01Z'), 'day')") == "0");
  CHECK(at("difference(timestamp('2024-01-02T00:00:00Z'), timestamp('2024-01-01T00:00:01Z'), 'second')") == "86399");
  CHECK(
      at("difference(timestamp('2024-03-31T11:00:00Z'), timestamp('2024-03-30T12:00:00Z'), 'day', 'Europe/Berlin')") ==
      "1");
}

TEST_CASE("unix time both ways, in seconds and parts of them") {
  CHECK(at("unix_time(timestamp('1969-12-31T23:59:59.5Z'))") == "-1");
  CHECK(at("unix_time(timestamp('2001-09-09T01:46:40.001Z'), 'ms')") == "1000000000001");
  CHECK(at("unix_time(date('1970-01-02'))") == "86400");
  CHECK(at("from_unix(1000000000)") == "2001-09-09T01:46:40Z");
  CHECK(at("from_unix(1000000000001, 'ms')") == "2001-09-09T01:46:40.001Z");
  CHECK(at("from_unix(-0.5)") == "1969-12-31T23:59:59.500Z");
  CHECK(at("from_unix(1e300)") == "!out_of_range");
  CHECK(at("from_unix(9223372036854775807)") == "!out_of_range");
  CHECK(at("from_unix(1, 'h')") == "e:1:14: unknown unit 'h'");
}

TEST_CASE("to_zone and from_zone move between an instant and what clocks show") {
  CHECK(at("to_zone(timestamp('2024-07-01T12:00:00Z'), 'America/New_York')") == "2024-07-01T08:00:00Z");
  CHECK(at("from_zone(timestamp('2024-07-01T08:00:00Z'), 'America/New_York')") == "2024-07-01T12:00:00Z");
  CHECK(at("from_zone(timestamp('2024-03-31T02:30:00Z'), 'Europe/Berlin')") == "!skipped_time");
  CHECK(at("from_zone(timestamp('2024-10-27T02:30:00Z'), 'Europe/Berlin')") == "!ambiguous_time");
  CHECK(at("from_zone(timestamp('2024-10-27T02:30:00Z'), 'Europe/Berlin', 'earlier')") == "2024-10-27T00:30:00Z");
  CHECK(at("from_zone(timestamp('2024-10-27T02:30:00Z'), 'Europe/Berlin', 'later')") == "2024-10-27T01:30:00Z");
  CHECK(at("from_zone(timestamp('2024-10-27T02:30:00Z'), 'Europe/Berlin', 'maybe')") ==
        "e:1:63: unknown policy 'maybe'");
  CHECK(at("to_zone(timestamp('2024-10-27T02:30:00Z'), 'Berlin')") == "e:1:44: unknown time zone 'Berlin'");
}
