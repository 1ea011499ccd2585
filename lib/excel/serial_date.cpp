#include "excel/serial_date.h"

#include <fmt/format.h>

#include <cmath>

#include "text/numbers.h"

namespace aml::excel {
namespace {

constexpr int64_t kDaysBetweenSystems = 1462;
constexpr int64_t kLeapDayThatNeverWas = 60;
constexpr double kSerialEnd = 2958466;  // 10000-01-01
constexpr int64_t kSecondsPerDay = 86400;

int64_t epoch_of_1900() { return days_from_civil({1899, 12, 30}); }

CivilDate shown_date(int64_t day) {
  if (day == 0) return {1900, 1, 0};
  if (day == kLeapDayThatNeverWas) return {1900, 2, 29};
  return civil_from_days(epoch_of_1900() + day + (day < kLeapDayThatNeverWas ? 1 : 0));
}

std::string time_text(int64_t ms) {
  const int64_t seconds = ms / 1000;
  std::string text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (ms % 1000 != 0) text += fmt::format(".{:03}", ms % 1000);
  return text;
}

// "12:30", "12:30:00.5" as a fraction of a day.
std::optional<double> fraction_of(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto hours = text::parse_int(text.substr(0, 2));
  const auto minutes = text::parse_int(text.substr(3, 2));
  double seconds = 0;
  if (text.size() > 5) {
    const auto parsed = text[5] == ':' ? text::parse_double(text.substr(6)) : std::nullopt;
    if (!parsed) return std::nullopt;
    seconds = *parsed;
  }
  if (!hours || !minutes || *hours < 0 || *hours > 24 || *minutes < 0 || *minutes > 59 || seconds < 0 || seconds >= 61)
    return std::nullopt;
  return (static_cast<double>(*hours * 3600 + *minutes * 60) + seconds) / static_cast<double>(kSecondsPerDay);
}

}  // namespace

std::optional<SerialDate> split_serial(double serial, DateSystem system, unsigned digits) {
  if (system == DateSystem::from_1904) serial += static_cast<double>(kDaysBetweenSystems);
  if (!(serial >= 0 && serial < kSerialEnd)) return std::nullopt;
  int64_t ticks_per_day = kSecondsPerDay;
  for (unsigned i = 0; i < digits; ++i) ticks_per_day *= 10;
  SerialDate split;
  split.day = static_cast<int64_t>(std::floor(serial));
  split.ticks = std::llround((serial - std::floor(serial)) * static_cast<double>(ticks_per_day));
  if (split.ticks >= ticks_per_day) {
    split.ticks = 0;
    ++split.day;
  }
  split.date = shown_date(split.day);
  return split;
}

std::optional<std::string> iso_text(double serial, DateSystem system, DateText wanted) {
  if (wanted == DateText::elapsed) {
    if (!(serial >= 0 && serial < kSerialEnd)) return std::nullopt;
    return time_text(std::llround(serial * static_cast<double>(kSecondsPerDay * 1000)));
  }
  const auto split = split_serial(serial, system, 3);
  if (!split) return std::nullopt;
  // In both systems a number below one is a time of day, whatever its format would make of day 0.
  if (serial < 1 && (wanted == DateText::time || split->day == 0)) return time_text(split->ticks);
  if (split->day == 0 || split->day == kLeapDayThatNeverWas) return std::nullopt;
  const CivilDate date = split->date;
  std::string text = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  if (wanted != DateText::date || split->ticks != 0) text.append("T").append(time_text(split->ticks));
  return text;
}

std::optional<double> serial_of_iso(std::string_view text, DateSystem system) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  if (const auto fraction = fraction_of(text)) return fraction;
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = text::parse_int(text.substr(0, 4));
  const auto month = text::parse_int(text.substr(5, 2));
  const auto day = text::parse_int(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
  const CivilDate date{static_cast<int>(*year), static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
  if (!is_valid_civil(date)) return std::nullopt;
  int64_t serial = days_from_civil(date) - epoch_of_1900();
  if (serial <= kLeapDayThatNeverWas) --serial;
  if (system == DateSystem::from_1904) serial -= kDaysBetweenSystems;
  if (text.size() == 10) return static_cast<double>(serial);
  const auto fraction = text[10] == 'T' || text[10] == ' ' ? fraction_of(text.substr(11)) : std::nullopt;
  if (!fraction) return std::nullopt;
  return static_cast<double>(serial) + *fraction;
}

}  // namespace aml::excel
