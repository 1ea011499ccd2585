// Dates and times in a declared form, as strptime(3) and strftime(3) write it: "%d.%m.%Y %H:%M". English names,
// whatever the locale. What cast, date(), timestamp() and format() share.
//
//   %Y %y %m %d   year (four digits, two: 69 … 99 are 1969 … 1999), month, day of month
//   %b %B %a %A   names of months and weekdays, short or whole; read in any case
//   %H %I %p      hour 0 … 23, 1 … 12, AM or PM
//   %M %S %f      minute, second, fraction of a second (read: 1 to 9 digits; written: 3, 6 or 9)
//   %z            Z, +02, +0200 or +02:00
//   %j %s         day of the year, seconds since 1970
//   %F %T %R      %Y-%m-%d, %H:%M:%S, %H:%M
//   %e            %d with a space in front; %-d, %-m, %-H, … without a zero in front; reading takes both always
//   %u %q %G %V   written only: weekday 1 … 7, quarter, year and week of ISO 8601
//   %%            a percent sign; a space stands for one or more spaces when reading
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace aml::prep {

// A moment as clocks and calendars show it somewhere.
struct ClockTime {
  int64_t days = 0;                            // since 1970-01-01
  int64_t day_ns = 0;                          // nanoseconds since midnight
  std::optional<int64_t> offset_seconds = {};  // of the zone, where the text names it
};

class TimeFormat {
 public:
  enum class Use : uint8_t { read, write };

  // The message of an error has no place. A format to read by names a year, or the seconds since 1970.
  static Result<TimeFormat> compile(std::string_view format, Use use);

  bool has_time() const { return has_time_; }  // of day
  bool has_zone() const { return has_zone_; }  // %z or %s

  // All of `text`, without the spaces around it; nothing if it does not have this form, or is no day of the calendar.
  // What the form does not name is the first: month 1, day 1, midnight.
  std::optional<ClockTime> read(std::string_view text) const;
  void write(std::string& out, const ClockTime& time) const;

 private:
  struct Part {
    char directive = 0;  // 0: the literal
    bool is_unpadded = false;
    std::string literal = {};
  };

  void add_literal(char c);

  std::vector<Part> parts_;
  bool has_time_ = false;
  bool has_zone_ = false;
};

// Of ISO 8601: Monday is 1; the week and the year it belongs to.
int64_t weekday_of(int64_t days);
struct IsoWeek {
  int64_t year = 0;
  int64_t week = 0;
};
IsoWeek iso_week_of(int64_t days);
int64_t day_of_year(int64_t days);

}  // namespace aml::prep
