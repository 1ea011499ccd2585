// Times on the calendar and the clocks of a zone: parts, truncate, add, difference, to_zone, from_zone, unix_time.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/time.h"
#include "prep/local_time.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;

enum class Unit : uint8_t { year, quarter, month, week, day, hour, minute, second };
constexpr std::array<std::string_view, 8> kUnits = {"year", "quarter", "month",  "week",
                                                    "day",  "hour",    "minute", "second"};
constexpr std::array<std::string_view, 4> kFractions = {"s", "ms", "us", "ns"};

struct Calendar final : Prepared {
  LocalCalendar local;
  Unit unit = Unit::day;
};

struct Tick final : Prepared {
  int64_t ns = kSecondNs;
};

template <size_t count>
Result<size_t> read_name_of(const Constants& constants, const std::array<std::string_view, count>& names,
                            std::string_view what) {
  const auto found = std::find(names.begin(), names.end(), constants.text(0));
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  return constants.error(0, fmt::format("unknown {} '{}'", what, constants.text(0)),
                         fmt::format("known are {}", fmt::join(names, ", ")));
}

Result<PreparedPtr> prepare_zone(const Constants& constants) {
  auto calendar = std::make_shared<Calendar>();
  calendar->local = TRY(read_calendar(constants, 0));
  return PreparedPtr(calendar);
}

Result<PreparedPtr> prepare_unit(const Constants& constants) {
  auto calendar = std::make_shared<Calendar>();
  calendar->unit = static_cast<Unit>(TRY(read_name_of(constants, kUnits, "unit")));
  calendar->local = TRY(read_calendar(constants, 1));
  return PreparedPtr(calendar);
}

Result<PreparedPtr> prepare_date_unit(const Constants& constants) {
  const auto unit = static_cast<Unit>(TRY(read_name_of(constants, kUnits, "unit")));
  if (unit >= Unit::hour)
    return constants.error(0, "a date has no time of day", "give a timestamp, or the unit day or longer");
  return prepare_unit(constants);
}

Result<PreparedPtr> prepare_tick(const Constants& constants) {
  const size_t power = TRY(read_name_of(constants, kFractions, "unit"));
  auto tick = std::make_shared<Tick>();
  for (size_t i = 0; i < power; ++i) tick->ns /= 1000;
  return PreparedPtr(tick);
}

int64_t year(int64_t days) { return civil_from_days(days).year; }
int64_t month(int64_t days) { return civil_from_days(days).month; }
int64_t day(int64_t days) { return civil_from_days(days).day; }
int64_t quarter(int64_t days) { return (civil_from_days(days).month + 2) / 3; }
int64_t iso_week(int64_t days) { return iso_week_of(days).week; }
int64_t iso_year(int64_t days) { return iso_week_of(days).year; }

template <int64_t (*part)(int64_t)>
Outcome part_of_day(const Calendar& calendar, int64_t& out, int64_t ns) {
  out = part(calendar.local.at(ns).days);
  return Outcome::valid();
}

template <int64_t unit_seconds, int64_t modulus>
Outcome part_of_time(const Calendar& calendar, int64_t& out, int64_t ns) {
  out = calendar.local.at(ns).day_ns / kSecondNs / unit_seconds % modulus;
  return Outcome::valid();
}

Outcome local_date(const Calendar& calendar, int64_t& out, int64_t ns) {
  out = calendar.local.at(ns).days;
  return Outcome::valid();
}

Outcome midnight(const Calendar& calendar, int64_t& out, int64_t days) {
  return calendar.local.instant_of(out, {days, 0, {}});
}

// What clocks there show, as if it were UTC.
Outcome to_zone(const Calendar& calendar, int64_t& out, int64_t ns) {
  const int64_t offset = calendar.local.zone.offset_at(seconds_of(ns));
  return __builtin_add_overflow(ns, offset * kSecondNs, &out) ? Outcome(CellProblem::out_of_range) : Outcome::valid();
}

Outcome from_zone(const Calendar& calendar, int64_t& out, int64_t ns) {
  const int64_t days = days_of(ns);
  return calendar.local.instant_of(out, {days, ns - days * kDayNs, {}});
}

int64_t first_day(Unit unit, int64_t days) {
  const CivilDate date = civil_from_days(days);
  switch (unit) {
    case Unit::year: return days_from_civil({date.year, 1, 1});
    case Unit::quarter: return days_from_civil({date.year, (date.month - 1) / 3 * 3 + 1, 1});
    case Unit::month: return days_from_civil({date.year, date.month, 1});
    case Unit::week: return days - weekday_of(days) + 1;
    default: return days;
  }
}

Outcome truncate_date(const Calendar& calendar, int64_t& out, int64_t days) {
  out = first_day(calendar.unit, days);
  return is_date(out) ? Outcome::valid() : Outcome(CellProblem::out_of_range);
}

int64_t seconds_in(Unit unit) { return unit == Unit::hour ? 3600 : unit == Unit::minute ? 60 : 1; }

// An hour and less is cut off what the clocks show, by which no time becomes another's; longer units begin at midnight.
Outcome truncate_instant(const Calendar& calendar, int64_t& out, int64_t ns) {
  const ClockTime local = calendar.local.at(ns);
  if (calendar.unit >= Unit::hour) {
    const int64_t surplus = local.day_ns % (seconds_in(calendar.unit) * kSecondNs);
    return __builtin_sub_overflow(ns, surplus, &out) ? Outcome(CellProblem::out_of_range) : Outcome::valid();
  }
  return calendar.local.instant_of(out, {first_day(calendar.unit, local.days), 0, {}});
}

int64_t months_in(Unit unit) { return unit == Unit::year ? 12 : unit == Unit::quarter ? 3 : 1; }

// Months later, on the same day, or on the last of the month where it has no such day.
std::optional<int64_t> add_months(int64_t days, int64_t months) {
  const CivilDate date = civil_from_days(days);
  int64_t month = 0;
  if (__builtin_add_overflow(int64_t{date.year} * 12 + date.month - 1, months, &month)) return std::nullopt;
  const int64_t year = floor_quotient(month, 12);
  if (year < 0 || year > 9999) return std::nullopt;
  CivilDate moved{static_cast<int>(year), static_cast<unsigned>(month - year * 12 + 1), date.day};
  while (!is_valid_civil(moved)) --moved.day;
  return days_from_civil(moved);
}

std::optional<int64_t> add_to_date(Unit unit, int64_t days, int64_t count) {
  int64_t moved = 0;
  if (unit >= Unit::week) {
    const bool overflows = __builtin_mul_overflow(count, unit == Unit::week ? 7 : 1, &moved) ||
                           __builtin_add_overflow(days, moved, &moved) || !is_date(moved);
    return overflows ? std::nullopt : std::optional(moved);
  }
  if (__builtin_mul_overflow(count, months_in(unit), &moved)) return std::nullopt;
  return add_months(days, moved);
}

Outcome add_to_day(const Calendar& calendar, int64_t& out, int64_t days, int64_t count) {
  const auto moved = add_to_date(calendar.unit, days, count);
  if (!moved) return CellProblem::out_of_range;
  out = *moved;
  return Outcome::valid();
}

Outcome add_to_instant(const Calendar& calendar, int64_t& out, int64_t ns, int64_t count) {
  if (calendar.unit >= Unit::hour) {
    const bool overflows = __builtin_mul_overflow(count, seconds_in(calendar.unit) * kSecondNs, &out) ||
                           __builtin_add_overflow(ns, out, &out);
    return overflows ? Outcome(CellProblem::out_of_range) : Outcome::valid();
  }
  const ClockTime local = calendar.local.at(ns);
  const auto moved = add_to_date(calendar.unit, local.days, count);
  if (!moved) return CellProblem::out_of_range;
  return calendar.local.instant_of(out, {*moved, local.day_ns, {}});
}

// A day and the time of day, in that order.
using Moment = std::pair<int64_t, int64_t>;

// Whole months from `earlier` on that are over at `later`, which is not before it.
int64_t months_between(const Moment& later, const Moment& earlier) {
  const CivilDate end = civil_from_days(later.first), begin = civil_from_days(earlier.first);
  const int64_t months =
      (end.year - begin.year) * 12 + static_cast<int64_t>(end.month) - static_cast<int64_t>(begin.month);
  const bool is_over = Moment(*add_months(earlier.first, months), earlier.second) <= later;
  return is_over ? months : months - 1;
}

int64_t units_between(Unit unit, const Moment& later, const Moment& earlier) {
  if (later < earlier) return -units_between(unit, earlier, later);
  if (unit < Unit::week) return months_between(later, earlier) / months_in(unit);
  const int64_t days = later.first - earlier.first - (later.second < earlier.second ? 1 : 0);
  return unit == Unit::week ? days / 7 : days;
}

Outcome difference_of_days(const Calendar& calendar, int64_t& out, int64_t later, int64_t earlier) {
  out = units_between(calendar.unit, {later, 0}, {earlier, 0});
  return Outcome::valid();
}

Outcome difference_of_instants(const Calendar& calendar, int64_t& out, int64_t later, int64_t earlier) {
  if (calendar.unit >= Unit::hour) {
    if (__builtin_sub_overflow(later, earlier, &out)) return CellProblem::out_of_range;
    out /= seconds_in(calendar.unit) * kSecondNs;
    return Outcome::valid();
  }
  const ClockTime end = calendar.local.at(later), begin = calendar.local.at(earlier);
  out = units_between(calendar.unit, {end.days, end.day_ns}, {begin.days, begin.day_ns});
  return Outcome::valid();
}

Outcome unix_time_in(const Tick& tick, int64_t& out, int64_t ns) {
  out = floor_quotient(ns, tick.ns);
  return Outcome::valid();
}

Outcome from_unix_in(const Tick& tick, int64_t& out, int64_t count) {
  return __builtin_mul_overflow(count, tick.ns, &out) ? Outcome(CellProblem::out_of_range) : Outcome::valid();
}

// The fraction is rounded to nanoseconds; whole units are taken apart first, so that they lose nothing.
Outcome from_unix_number(const Tick& tick, int64_t& out, double count) {
  const double whole = std::floor(count);
  if (!(whole >= -0x1p63 && whole < 0x1p63)) return CellProblem::out_of_range;
  const auto fraction = static_cast<int64_t>(std::llround((count - whole) * static_cast<double>(tick.ns)));
  const bool overflows =
      __builtin_mul_overflow(static_cast<int64_t>(whole), tick.ns, &out) || __builtin_add_overflow(out, fraction, &out);
  return overflows ? Outcome(CellProblem::out_of_range) : Outcome::valid();
}

int64_t unix_seconds(int64_t ns) { return seconds_of(ns); }
Outcome from_unix_seconds(int64_t& out, int64_t count) { return from_unix_in(Tick(), out, count); }
Outcome from_unix_seconds_number(int64_t& out, double count) { return from_unix_number(Tick(), out, count); }

template <auto function>
constexpr Function zoned_part(std::string_view name) {
  return define_prepared(name, int64, prepared_fallible<function>, prepare_zone, 1, timestamp, text);
}

constexpr PreparedKernel kTruncate = prepared_fallible<truncate_instant>;
constexpr PreparedKernel kAdd = prepared_fallible<add_to_instant>;
constexpr PreparedKernel kDifference = prepared_fallible<difference_of_instants>;
constexpr PreparedKernel kFromZone = prepared_fallible<from_zone>;
constexpr PreparedKernel kMidnight = prepared_fallible<midnight>;

constexpr Function kFunctions[] = {
    zoned_part<part_of_day<year>>("year"),
    zoned_part<part_of_day<month>>("month"),
    zoned_part<part_of_day<day>>("day"),
    zoned_part<part_of_day<weekday_of>>("weekday"),
    zoned_part<part_of_day<quarter>>("quarter"),
    zoned_part<part_of_day<iso_week>>("iso_week"),
    zoned_part<part_of_day<iso_year>>("iso_year"),
    zoned_part<part_of_day<day_of_year>>("day_of_year"),
    zoned_part<part_of_time<3600, 24>>("hour"),
    zoned_part<part_of_time<60, 60>>("minute"),
    zoned_part<part_of_time<1, 60>>("second"),
    define_prepared("date", date, prepared_fallible<local_date>, prepare_zone, 1, timestamp, text),
    define_prepared("timestamp", timestamp, kMidnight, prepare_zone, 1, date, text),
    define_prepared("timestamp", timestamp, kMidnight, prepare_zone, 2, date, text, text),
    define_prepared("to_zone", timestamp, prepared_fallible<to_zone>, prepare_zone, 1, timestamp, text),
    define_prepared("from_zone", timestamp, kFromZone, prepare_zone, 1, timestamp, text),
    define_prepared("from_zone", timestamp, kFromZone, prepare_zone, 2, timestamp, text, text),
    define_prepared("truncate", date, prepared_fallible<truncate_date>, prepare_date_unit, 1, date, text),
    define_prepared("truncate", timestamp, kTruncate, prepare_unit, 1, timestamp, text),
    define_prepared("truncate", timestamp, kTruncate, prepare_unit, 2, timestamp, text, text),
    define_prepared("truncate", timestamp, kTruncate, prepare_unit, 3, timestamp, text, text, text),
    define_prepared("add", date, prepared_fallible<add_to_day>, prepare_date_unit, 1, date, int64, text),
    define_prepared("add", timestamp, kAdd, prepare_unit, 1, timestamp, int64, text),
    define_prepared("add", timestamp, kAdd, prepare_unit, 2, timestamp, int64, text, text),
    define_prepared("add", timestamp, kAdd, prepare_unit, 3, timestamp, int64, text, text, text),
    define_prepared("difference", int64, prepared_fallible<difference_of_days>, prepare_date_unit, 1, date, date, text),
    define_prepared("difference", int64, kDifference, prepare_unit, 1, timestamp, timestamp, text),
    define_prepared("difference", int64, kDifference, prepare_unit, 2, timestamp, timestamp, text, text),
    define("unix_time", int64, total<unix_seconds>, timestamp),
    define_prepared("unix_time", int64, prepared_fallible<unix_time_in>, prepare_tick, 1, timestamp, text),
    define("from_unix", timestamp, fallible<from_unix_seconds>, int64),
    define("from_unix", timestamp, fallible<from_unix_seconds_number>, float64),
    define_prepared("from_unix", timestamp, prepared_fallible<from_unix_in>, prepare_tick, 1, int64, text),
    define_prepared("from_unix", timestamp, prepared_fallible<from_unix_number>, prepare_tick, 1, float64, text),
};

}  // namespace

std::span<const Function> calendar_functions() { return kFunctions; }

}  // namespace aml::prep
