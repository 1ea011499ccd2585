// Arithmetic on timestamps (nanoseconds since 1970 in UTC) and dates (days since then).
#pragma once

#include <cstdint>

namespace aml::prep {

inline constexpr int64_t kSecondNs = 1'000'000'000;
inline constexpr int64_t kDaySeconds = 86'400;
inline constexpr int64_t kDayNs = kDaySeconds * kSecondNs;

// Rounded down, so that instants before 1970 have their parts right. `divisor` is positive.
inline int64_t floor_quotient(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

inline int64_t seconds_of(int64_t ns) { return floor_quotient(ns, kSecondNs); }
inline int64_t days_of(int64_t ns) { return floor_quotient(ns, kDayNs); }
inline int64_t second_of_day(int64_t ns) { return seconds_of(ns) - days_of(ns) * kDaySeconds; }

// Dates have four-digit years: 0000-01-01 to 9999-12-31.
inline bool is_date(int64_t days) { return days >= -719528 && days <= 2932896; }

}  // namespace aml::prep
