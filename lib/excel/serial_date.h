// Excel's dates: days since an epoch, the time of day as a fraction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace aml::excel {

// Day 1 is 1900-01-01, and day 60 the 29th of February of 1900, which never was; or day 0 is 1904-01-01.
enum class DateSystem : uint8_t { from_1900, from_1904 };

struct SerialDate {
  int64_t day = 0;    // in the 1900 system
  CivilDate date;     // what Excel shows: 1900-01-00 and 1900-02-29 too
  int64_t ticks = 0;  // since midnight, in 10^-digits seconds
};

// `serial` split at ticks of 10^-`digits` seconds, rounded; nothing for what Excel does not show as a date
// (negative, or after the year 9999).
std::optional<SerialDate> split_serial(double serial, DateSystem system, unsigned digits);

// ISO 8601: "2024-03-05", "2024-03-05T12:30:00", "12:30:00" for less than a day; milliseconds where there are some.
// Nothing where the day does not exist.
enum class DateText : uint8_t { date, date_time, time, elapsed };
std::optional<std::string> iso_text(double serial, DateSystem system, DateText wanted);

// "2024-03-05", "2024-03-05T12:30:00.5", "12:30:00", with or without a final Z, as a serial number.
std::optional<double> serial_of_iso(std::string_view text, DateSystem system);

}  // namespace aml::excel
