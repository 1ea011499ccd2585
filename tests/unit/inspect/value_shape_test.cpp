#include "inspect/value_shape.h"

#include <doctest/doctest.h>

using namespace aml::inspect;

TEST_CASE("plain numbers have no unit and no separators") {
  for (const char* value : {"1", "-2.5", "1e5", ".5"}) CHECK(is_plain_number(value));
  for (const char* value : {"", "1,000", "5 kg", "abc"}) CHECK(!is_plain_number(value));
  CHECK(is_plain_integer("-12"));
  CHECK(!is_plain_integer("1.0"));
  CHECK(!is_plain_integer("-"));
}

TEST_CASE("numbers with a unit, a currency or separators are told") {
  for (const char* value : {"$1,200.50", "45 kg", "71.70%", "82,752", "£9", "$2,498"})
    CHECK(is_number_with_unit(value));
  for (const char* value : {"12", "2024-01-31", "10:30", "room twenty 5", "3/4", "A1B2"})
    CHECK(!is_number_with_unit(value));
}

TEST_CASE("dates and times of many kinds look like dates") {
  for (const char* value : {"3/1/92", "2024-01-31", "31.1.2024", "2024-01-31T08:00:00Z", "14:30", "32:51.5", "1:05 PM",
                            "Jan 5, 2011", "5 September 2011", "12-Feb"})
    CHECK(looks_like_date(value));
  for (const char* value : {"1.5", "192.168.0.1", "5-3", "mayor 5", "Jan", "1:5"}) CHECK(!looks_like_date(value));
  CHECK(looks_like_compact_date("20240131"));
  CHECK(looks_like_compact_date("202412"));
  CHECK(!looks_like_compact_date("20241331"));
  CHECK(!looks_like_compact_date("123456"));
}

TEST_CASE("years and names of months and days are told") {
  CHECK(is_year("1999"));
  CHECK(!is_year("2199"));
  for (const char* value : {"March", "mar", "Sept", "MON", "sunday"}) CHECK(is_month_or_weekday(value));
  for (const char* value : {"mare", "", "s"}) CHECK(!is_month_or_weekday(value));
}

TEST_CASE("addresses of pages and of people are told apart") {
  for (const char* value : {"https://a.b/c", "www.acrs.org", "example.com/x"}) CHECK(is_url(value));
  for (const char* value : {"a@example.com", "see http://x.y", "com"}) CHECK(!is_url(value));
  CHECK(is_email("ada.l@example.co.uk"));
  for (const char* value : {"@x.de", "a@b", "a@b.c", "a@b@c.de", "a b@c.de"}) CHECK(!is_email(value));
}

TEST_CASE("what is no text for people is told") {
  CHECK(is_hex_id("11d599f229a80023"));
  CHECK(!is_hex_id("12345678"));
  CHECK(!is_hex_id("deadbeef"));
  CHECK(is_bracketed("[1, 2]"));
  CHECK(!is_bracketed("[1, 2"));
  CHECK(!is_bracketed("["));
  CHECK(has_leading_zero("007"));
  CHECK(!has_leading_zero("0"));
  CHECK(!has_leading_zero("0.5"));
}

TEST_CASE("words and sentences are counted") {
  CHECK(count_words("  two\twords ") == 2);
  CHECK(count_words("") == 0);
  CHECK(count_any("a;b|c", ";|") == 2);
  CHECK(has_sentence_end("It works. Really"));
  CHECK(!has_sentence_end("1.5 and e.g"));
}
