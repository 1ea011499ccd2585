#include "prep/time_zone.h"

#include <doctest/doctest.h>

#include "base/time.h"

using namespace aml;
using namespace aml::prep;

namespace {

int64_t second(CivilDate date, int64_t hour, int64_t minute) {
  return days_from_civil(date) * 86'400 + hour * 3600 + minute * 60;
}

}  // namespace

TEST_CASE("offsets follow the clocks being put forward and back") {
  const auto berlin = TimeZone::find("Europe/Berlin");
  REQUIRE(berlin.ok());
  CHECK(berlin->offset_at(second({2024, 3, 31}, 0, 59)) == 3600);
  CHECK(berlin->offset_at(second({2024, 3, 31}, 1, 0)) == 7200);
  CHECK(berlin->offset_at(second({2024, 10, 27}, 0, 59)) == 7200);
  CHECK(berlin->offset_at(second({2024, 10, 27}, 1, 0)) == 3600);
  CHECK(berlin->offset_at(second({2200, 7, 1}, 0, 0)) == 7200);
  CHECK(berlin->offset_at(second({1700, 7, 1}, 0, 0)) == 3208);  // local mean time
}

TEST_CASE("a local time is one instant, two, or none") {
  const auto berlin = TimeZone::find("Europe/Berlin");
  REQUIRE(berlin.ok());
  const auto plain = berlin->to_utc(second({2024, 7, 1}, 12, 0));
  CHECK(plain.kind == TimeZone::Kind::unique);
  CHECK(plain.earlier == second({2024, 7, 1}, 10, 0));
  const auto skipped = berlin->to_utc(second({2024, 3, 31}, 2, 30));
  CHECK(skipped.kind == TimeZone::Kind::skipped);
  CHECK(skipped.earlier == second({2024, 3, 31}, 1, 0));
  CHECK(berlin->to_utc(second({2024, 3, 31}, 3, 0)).kind == TimeZone::Kind::unique);
  const auto repeated = berlin->to_utc(second({2024, 10, 27}, 2, 0));
  CHECK(repeated.kind == TimeZone::Kind::repeated);
  CHECK(repeated.earlier == second({2024, 10, 27}, 0, 0));
  CHECK(repeated.later == second({2024, 10, 27}, 1, 0));
  CHECK(berlin->to_utc(second({2024, 10, 27}, 3, 0)).kind == TimeZone::Kind::unique);
}

TEST_CASE("a whole day can be skipped") {
  const auto apia = TimeZone::find("Pacific/Apia");
  REQUIRE(apia.ok());
  const auto meaning = apia->to_utc(second({2011, 12, 30}, 12, 0));
  CHECK(meaning.kind == TimeZone::Kind::skipped);
  CHECK(meaning.earlier == second({2011, 12, 30}, 10, 0));
}

TEST_CASE("every instant comes back from its local time") {
  for (const char* name : {"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"}) {
    const auto zone = TimeZone::find(name);
    REQUIRE(zone.ok());
    size_t lost = 0;
    for (int64_t utc = second({1930, 1, 1}, 0, 0); utc < second({2030, 1, 1}, 0, 0); utc += 7 * 3600 + 13) {
      const auto meaning = zone->to_utc(zone->to_local(utc));
      lost += meaning.earlier == utc || meaning.later == utc ? 0 : 1;
    }
    CHECK(lost == 0);
  }
}

TEST_CASE("fixed offsets are zones, and paths are not") {
  CHECK(TimeZone::find("+05:30")->offset_at(0) == 19'800);
  CHECK(TimeZone::find("-0330")->offset_at(0) == -12'600);
  for (const char* name :
       {"", "Europe/Atlantis", "/etc/localtime", "../../../etc/localtime", "+25:00", "+2", "libc:localtime"})
    CHECK(TimeZone::find(name).error().message == "unknown time zone '" + std::string(name) + "'");
}
