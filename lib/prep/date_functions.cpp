#include <limits>

#include "base/time.h"
#include "prep/functions.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kDaySeconds = 86'400;

// Whole seconds since 1970, rounded down, so that instants before it have their parts right.
int64_t seconds_of(int64_t ns) { return ns / kSecondNs - (ns % kSecondNs < 0 ? 1 : 0); }

int64_t days_of(int64_t ns) {
  const int64_t seconds = seconds_of(ns);
  return seconds / kDaySeconds - (seconds % kDaySeconds < 0 ? 1 : 0);
}

int64_t second_of_day(int64_t ns) { return seconds_of(ns) - days_of(ns) * kDaySeconds; }

int64_t year(int64_t days) { return civil_from_days(days).year; }
int64_t month(int64_t days) { return civil_from_days(days).month; }
int64_t day(int64_t days) { return civil_from_days(days).day; }

// Monday is 1 and Sunday 7, as ISO 8601 counts; 1970-01-01 was a Thursday.
int64_t weekday(int64_t days) { return ((days + 3) % 7 + 7) % 7 + 1; }

int64_t year_of_instant(int64_t ns) { return year(days_of(ns)); }
int64_t month_of_instant(int64_t ns) { return month(days_of(ns)); }
int64_t day_of_instant(int64_t ns) { return day(days_of(ns)); }
int64_t weekday_of_instant(int64_t ns) { return weekday(days_of(ns)); }
int64_t hour(int64_t ns) { return second_of_day(ns) / 3600; }
int64_t minute(int64_t ns) { return second_of_day(ns) / 60 % 60; }
int64_t second(int64_t ns) { return second_of_day(ns) % 60; }

// Dates have four-digit years: 0000-01-01 to 9999-12-31.
Outcome add_days(int64_t& out, int64_t date, int64_t days) {
  constexpr int64_t kFirst = -719528, kLast = 2932896;
  if (__builtin_add_overflow(date, days, &out) || out < kFirst || out > kLast) return CellProblem::out_of_range;
  return Outcome::valid();
}

Outcome subtract_days(int64_t& out, int64_t date, int64_t days) {
  if (days == std::numeric_limits<int64_t>::min()) return CellProblem::out_of_range;
  return add_days(out, date, -days);
}

int64_t days_between(int64_t later, int64_t earlier) { return later - earlier; }

constexpr Function kFunctions[] = {
    define("year", int64, total<year>, date),
    define("year", int64, total<year_of_instant>, timestamp),
    define("month", int64, total<month>, date),
    define("month", int64, total<month_of_instant>, timestamp),
    define("day", int64, total<day>, date),
    define("day", int64, total<day_of_instant>, timestamp),
    define("weekday", int64, total<weekday>, date),
    define("weekday", int64, total<weekday_of_instant>, timestamp),
    define("hour", int64, total<hour>, timestamp),
    define("minute", int64, total<minute>, timestamp),
    define("second", int64, total<second>, timestamp),
    define("+", date, fallible<add_days>, date, int64),
    define("-", date, fallible<subtract_days>, date, int64),
    define("-", int64, total<days_between>, date, date),
};

}  // namespace

std::span<const Function> date_functions() { return kFunctions; }

}  // namespace aml::prep
