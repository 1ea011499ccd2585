// Instants as nanoseconds since 1970 UTC, a clock that tests can replace, and RFC 3339 text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml {

struct Instant {
  int64_t unix_ns = 0;
  auto operator<=>(const Instant&) const = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant instant) : instant_(instant) {}
  Instant now() const override { return instant_; }
  void advance_ns(int64_t ns) { instant_.unix_ns += ns; }

 private:
  Instant instant_;
};

std::string format_rfc3339(Instant instant);  // "2026-11-22T15:12:03.250Z"; fraction only if not zero, 3, 6 or 9 digits
std::string format_date(Instant instant);     // "2026-11-22", UTC
std::optional<Instant> parse_rfc3339(std::string_view text);      // zone required, "Z" or an offset
std::string format_duration(int64_t ns);                          // "12 ms", "3.4 s", "5m 03s", "2h 05m", "3d 04h"
std::optional<int64_t> parse_duration_ns(std::string_view text);  // "250ms", "30s", "5m", "2h", "7d"

// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's civil-days algorithm).
struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  bool operator==(const CivilDate&) const = default;
};
int64_t days_from_civil(CivilDate date);
CivilDate civil_from_days(int64_t days);
bool is_valid_civil(CivilDate date);

}  // namespace aml
