#include "excel/serial_date.h"

#include <doctest/doctest.h>

using namespace aml::excel;
using enum DateSystem;

TEST_CASE("serial numbers are ISO dates in both systems") {
  CHECK(iso_text(45292, from_1900, DateText::date) == "2024-01-01");
  CHECK(iso_text(45292 - 1462, from_1904, DateText::date) == "2024-01-01");
  CHECK(iso_text(45292.5, from_1900, DateText::date) == "2024-01-01T12:00:00");
  CHECK(iso_text(45292, from_1900, DateText::date_time) == "2024-01-01T00:00:00");
  CHECK(iso_text(45292.000005787037, from_1900, DateText::date_time) == "2024-01-01T00:00:00.500");
  CHECK(iso_text(0.75, from_1900, DateText::time) == "18:00:00");
  CHECK(iso_text(1.5, from_1900, DateText::elapsed) == "36:00:00");
  CHECK(iso_text(45291.999999999, from_1900, DateText::date) == "2024-01-01");
}

TEST_CASE("the days around the leap day that never was") {
  CHECK(iso_text(1, from_1900, DateText::date) == "1900-01-01");
  CHECK(iso_text(59, from_1900, DateText::date) == "1900-02-28");
  CHECK(!iso_text(60, from_1900, DateText::date));
  CHECK(iso_text(61, from_1900, DateText::date) == "1900-03-01");
}

TEST_CASE("numbers that are no dates have no text") {
  CHECK(!iso_text(-1, from_1900, DateText::date));
  CHECK(!iso_text(2958466, from_1900, DateText::date));
  CHECK(iso_text(2958465, from_1900, DateText::date) == "9999-12-31");
  CHECK(!iso_text(1e300, from_1900, DateText::elapsed));
}

TEST_CASE("ISO dates are serial numbers") {
  CHECK(serial_of_iso("2024-01-01", from_1900) == 45292);
  CHECK(serial_of_iso("2024-01-01T12:00:00Z", from_1900) == 45292.5);
  CHECK(serial_of_iso("1900-02-28", from_1900) == 59);
  CHECK(serial_of_iso("1900-03-01", from_1900) == 61);
  CHECK(serial_of_iso("1904-01-01", from_1904) == 0);
  CHECK(serial_of_iso("06:00", from_1900) == 0.25);
  for (const char* text : {"", "2024", "2024-02-30", "2024-01-01T", "2024-01-01T25:61", "24:99", "2024-01-01x"})
    CHECK_MESSAGE(!serial_of_iso(text, from_1900), text);
}
