#include <limits>

#include "base/time.h"
#include "prep/functions.h"
#include "prep/instant.h"
#include "prep/time_format.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;

int64_t year(int64_t days) { return civil_from_days(days).year; }
int64_t month(int64_t days) { return civil_from_days(days).month; }
int64_t day(int64_t days) { return civil_from_days(days).day; }

int64_t quarter(int64_t days) { return (civil_from_days(days).month + 2) / 3; }
int64_t iso_week(int64_t days) { return iso_week_of(days).week; }
int64_t iso_year(int64_t days) { return iso_week_of(days).year; }

// A part of a day, of the day of an instant in UTC.
template <int64_t (*part)(int64_t)>
int64_t of_instant(int64_t ns) {
  return part(days_of(ns));
}

int64_t hour(int64_t ns) { return second_of_day(ns) / 3600; }
int64_t minute(int64_t ns) { return second_of_day(ns) / 60 % 60; }
int64_t second(int64_t ns) { return second_of_day(ns) % 60; }

Outcome add_days(int64_t& out, int64_t date, int64_t days) {
  if (__builtin_add_overflow(date, days, &out) || !is_date(out)) return CellProblem::out_of_range;
  return Outcome::valid();
}

Outcome subtract_days(int64_t& out, int64_t date, int64_t days) {
  if (days == std::numeric_limits<int64_t>::min()) return CellProblem::out_of_range;
  return add_days(out, date, -days);
}

int64_t days_between(int64_t later, int64_t earlier) { return later - earlier; }

constexpr Function kFunctions[] = {
    define("year", int64, total<year>, date),
    define("year", int64, total<of_instant<year>>, timestamp),
    define("month", int64, total<month>, date),
    define("month", int64, total<of_instant<month>>, timestamp),
    define("day", int64, total<day>, date),
    define("day", int64, total<of_instant<day>>, timestamp),
    define("weekday", int64, total<weekday_of>, date),
    define("weekday", int64, total<of_instant<weekday_of>>, timestamp),
    define("quarter", int64, total<quarter>, date),
    define("quarter", int64, total<of_instant<quarter>>, timestamp),
    define("iso_week", int64, total<iso_week>, date),
    define("iso_week", int64, total<of_instant<iso_week>>, timestamp),
    define("iso_year", int64, total<iso_year>, date),
    define("iso_year", int64, total<of_instant<iso_year>>, timestamp),
    define("day_of_year", int64, total<day_of_year>, date),
    define("day_of_year", int64, total<of_instant<day_of_year>>, timestamp),
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
