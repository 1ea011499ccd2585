// Dates and times as people write them: formats that read and write them, and which formats a text could be in.
//
// A format is a row of elements and literals; letters that are literals stand in single quotes:
//   yyyy yy  MMMM MMM MM M  dd d do (2nd)  dddd ddd (Friday, Fri)  HH H hh h  mm m  ss s  f (fraction)  tt aa (PM, pm)
//   q (quarter)  w (ISO week)  j (day of the year)  n (which Friday of the month)  z (offset: Z, +02:00; read only)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aml::synth {

struct DateTime {
  static constexpr int kAbsent = -1;
  int year = kAbsent;
  int month = kAbsent;
  int day = kAbsent;
  int hour = kAbsent;
  int minute = kAbsent;
  int second = kAbsent;

  bool has_time() const { return hour != kAbsent; }
  bool has_date() const { return year != kAbsent && month != kAbsent && day != kAbsent; }
  int second_of_day() const;  // absent parts count as 0
};

enum class DateElement : uint8_t {
  literal,
  year4,
  year2,
  month_name,
  month_short,
  month2,
  month,
  day2,
  day,
  day_ordinal,
  weekday_name,
  weekday_short,
  hour2,
  hour,
  half_hour2,
  half_hour,
  minute2,
  minute,
  second2,
  second,
  fraction,
  half_upper,
  half_lower,
  quarter,
  week,
  day_of_year,
  nth_weekday,
  offset,
};
inline constexpr size_t kDateElements = 28;

class DateFormat {
 public:
  static std::optional<DateFormat> parse(std::string_view text);
  const std::string& text() const { return text_; }
  friend bool operator==(const DateFormat& a, const DateFormat& b) { return a.text_ == b.text_; }

  std::optional<DateTime> read(std::string_view text) const;   // the whole text or nothing
  bool append(std::string& out, const DateTime& value) const;  // false when a part is absent

 private:
  struct Item {
    DateElement element = DateElement::literal;
    std::string literal = {};
    bool is_tight = false;  // a digit follows at once, so the width is fixed
  };
  std::string text_;
  std::vector<Item> items_;
};

// Writes one element; false when what it needs is absent, and for those that can only be read.
bool append_element(std::string& out, DateElement element, const DateTime& value);
std::string_view name_of(DateElement element);  // "MMM"

// What two numbers of a date mean where nothing else tells: a property of the column, never of one cell.
enum class DateOrder : uint8_t { month_first, day_first, year_day_month };

// The formats `text` could be in when the order is that one, the likeliest first. A lone number is a date only where
// `LoneNumbers::yes`: a month, an hour, a time without colon.
enum class LoneNumbers : bool { no, yes };
std::vector<std::string> formats_of(std::string_view text, DateOrder order, LoneNumbers lone);

// Times of day are rounded and moved within the day: 23:50 rounded up to an hour is 0:00 of the same date.
struct TimeRounding {
  enum class Mode : uint8_t { none, nearest, down, up };
  Mode mode = Mode::none;
  int unit_s = 1;
  int anchor_s = 0;
  int shift_s = 0;

  friend bool operator==(const TimeRounding&, const TimeRounding&) = default;
};
std::string_view name_of(TimeRounding::Mode mode);
inline constexpr int kSecondsPerDay = 86400;
DateTime round(const DateTime& value, const TimeRounding& rounding);

}  // namespace aml::synth
