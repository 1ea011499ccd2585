#include "base/time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace aml {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kDay = 86'400 * kSecond;

std::optional<int> digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::string format_fraction(int64_t ns) {
  if (ns == 0) return {};
  if (ns % 1'000'000 == 0) return fmt::format(".{:03}", ns / 1'000'000);
  if (ns % 1'000 == 0) return fmt::format(".{:06}", ns / 1'000);
  return fmt::format(".{:09}", ns);
}

// Reads ".123456" at `at`, moves `at` behind it; digits past the ninth are dropped.
int64_t parse_fraction(std::string_view text, size_t& at) {
  int64_t ns = 0;
  int64_t unit = kSecond / 10;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) ns += (text[at] - '0') * unit;
  return ns;
}

std::optional<int64_t> parse_offset_seconds(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  const auto hours = digits(zone, 1, 2);
  const auto minutes = digits(zone, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (int64_t{*hours} * 3600 + int64_t{*minutes} * 60);
}

}  // namespace

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count()};
}

int64_t days_from_civil(CivilDate date) {
  const int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int64_t>(day_of_era) - 719468;
}

CivilDate civil_from_days(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int64_t year = static_cast<int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), month, day};
}

bool is_valid_civil(CivilDate date) {
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  return civil_from_days(days_from_civil(date)) == date;
}

std::string format_date(Instant instant) { return format_rfc3339(instant).substr(0, 10); }

std::string format_rfc3339(Instant instant) {
  int64_t days = instant.unix_ns / kDay;
  if (instant.unix_ns % kDay < 0) --days;
  const int64_t ns_of_day = instant.unix_ns - days * kDay;
  const int64_t second = ns_of_day / kSecond;
  const CivilDate date = civil_from_days(days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", date.year, date.month, date.day, second / 3600,
                     second / 60 % 60, second % 60, format_fraction(ns_of_day % kSecond));
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  const CivilDate date{*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
  if (!is_valid_civil(date) || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  size_t at = 19;
  const int64_t fraction = at < text.size() && text[at] == '.' ? parse_fraction(text, at) : 0;
  const auto offset = parse_offset_seconds(text.substr(at));
  if (!offset) return std::nullopt;
  const int64_t seconds = *hour * 3600 + *minute * 60 + *second - *offset;
  // Nanoseconds in 64 bits reach from 1677 to 2262.
  if (*year < 1678 || *year > 2261) return std::nullopt;
  return Instant{days_from_civil(date) * kDay + seconds * kSecond + fraction};
}

std::string format_duration(int64_t ns) {
  if (ns < kSecond) return fmt::format("{} ms", ns / 1'000'000);
  const int64_t seconds = ns / kSecond;
  if (seconds < 60) return fmt::format("{:.1f} s", static_cast<double>(ns) / 1e9);
  if (seconds < 3600) return fmt::format("{}m {:02}s", seconds / 60, seconds % 60);
  if (seconds < 86'400) return fmt::format("{}h {:02}m", seconds / 3600, seconds / 60 % 60);
  return fmt::format("{}d {:02}h", seconds / 86'400, seconds / 3600 % 24);
}

std::optional<int64_t> parse_duration_ns(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number >= 0)) return std::nullopt;
  const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  double factor = 0;
  if (unit == "ms") factor = 1e6;
  if (unit == "s") factor = 1e9;
  if (unit == "m") factor = 60e9;
  if (unit == "h") factor = 3600e9;
  if (unit == "d") factor = 86400e9;
  if (factor == 0 || number * factor >= 9e18) return std::nullopt;
  return static_cast<int64_t>(number * factor);
}

}  // namespace aml
