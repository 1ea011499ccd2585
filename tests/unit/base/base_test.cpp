#include <doctest/doctest.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"

using namespace aml;

TEST_CASE("sha256 of the empty text is the published value") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(Digest::parse(sha256("abc").text()) == sha256("abc"));
  CHECK(!Digest::parse("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"));
}

TEST_CASE("crc32c matches the check value of RFC 3720") { CHECK(crc32c("123456789") == 0xe3069283U); }

TEST_CASE("base64 pads to groups of four") {
  CHECK(to_base64("") == "");
  CHECK(to_base64("f") == "Zg==");
  CHECK(to_base64("fo") == "Zm8=");
  CHECK(to_base64("foo") == "Zm9v");
  CHECK(to_base64("user:pass") == "dXNlcjpwYXNz");
}

TEST_CASE("sizes read and print with binary units") {
  CHECK(parse_size("1.5MiB") == 1572864);
  CHECK(parse_size("2GB") == 2000000000);
  CHECK(!parse_size("-1"));
  CHECK(!parse_size("5 parsecs"));
  CHECK(format_size(812) == "812 B");
  CHECK(format_size(53098) == "52 KiB");
}

TEST_CASE("RFC 3339 text survives a round trip and refuses impossible dates") {
  const auto instant = parse_rfc3339("2026-11-22T15:12:03.250Z");
  REQUIRE(instant);
  CHECK(format_rfc3339(*instant) == "2026-11-22T15:12:03.250Z");
  CHECK(parse_rfc3339("2026-11-22T17:12:03.250+02:00") == instant);
  CHECK(format_rfc3339({-1}) == "1969-12-31T23:59:59.999999999Z");
  CHECK(!parse_rfc3339("2026-02-30T00:00:00Z"));
  CHECK(!parse_rfc3339("2026-02-20T00:00:00"));
}

TEST_CASE("durations read with a unit only") {
  CHECK(parse_duration_ns("250ms") == 250'000'000);
  CHECK(parse_duration_ns("5m") == 300'000'000'000);
  CHECK(!parse_duration_ns("5"));
}

TEST_CASE("run ids sort by time and carry it") {
  const RunId first = RunId::make({1'700'000'000'000'000'000}, {1, 2});
  const RunId second = RunId::make({1'700'000'000'001'000'000}, {0, 0});
  CHECK(first < second);
  CHECK(first.text()[12] == '7');
  CHECK(first.created().unix_ns == 1'700'000'000'000'000'000);
  CHECK(RunId::parse(first.text()) == first);
  CHECK(!RunId::parse("0123"));
}

TEST_CASE("random numbers depend on seed, stream and index alone") {
  const Random a(1, 0), b(1, 0), c(1, 1);
  CHECK(a.at(7) == b.at(7));
  CHECK(a.at(7) != c.at(7));
  for (uint64_t i = 0; i < 1000; ++i) CHECK(a.below_at(i, 10) < 10);
}

namespace {
Result<int> half(int value) {
  if (value % 2 != 0) return Error{ErrorKind::bad_data, "odd"};
  return value / 2;
}
Result<int> quarter(int value) { return TRY(half(TRY(half(value)))); }
}  // namespace

TEST_CASE("TRY nests and returns the first error") {
  CHECK(quarter(8).value() == 2);
  CHECK(quarter(6).error().message == "odd");
  CHECK(with_context(half(3), "here").error().message == "here: odd");
}
