#include "prep/time_zone.h"

#include <cctz/time_zone.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace aml::prep {
namespace {

using CctzTime = cctz::time_point<cctz::seconds>;

// What a timestamp of 64 bits of nanoseconds can hold, and a day on either side.
constexpr int64_t kFirstSecond = INT64_MIN / 1'000'000'000 - 86'400;
constexpr int64_t kLastSecond = INT64_MAX / 1'000'000'000 + 86'400;
constexpr size_t kPeriodsMax = 10'000;
constexpr size_t kNameMax = 64;

CctzTime time_of(int64_t second) { return CctzTime(cctz::seconds(second)); }

// Names are paths below the folder of zone data; nothing else is to be read.
bool is_zone_name(std::string_view name) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
  return !name.empty() && name.size() <= kNameMax && name.front() != '/' &&
         name.find_first_not_of(kLetters) == std::string_view::npos;
}

// "+02:00", "-0330"
std::optional<int64_t> parse_offset(std::string_view text) {
  if (text.size() == 6 && text[3] == ':') {
    const std::string digits = std::string(text.substr(0, 3)) + std::string(text.substr(4));
    return parse_offset(digits);
  }
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  if (text.find_first_not_of("0123456789", 1) != std::string_view::npos) return std::nullopt;
  const int hours = (text[1] - '0') * 10 + text[2] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

Result<TimeZone> TimeZone::find(std::string_view name) {
  if (const auto offset = parse_offset(name)) return TimeZone({{INT64_MIN / 2, *offset}});
  cctz::time_zone zone;
  if (!is_zone_name(name) || !cctz::load_time_zone(std::string(name), &zone))
    return Error{ErrorKind::bad_data, fmt::format("unknown time zone '{}'", name),
                 "for example UTC, Europe/Berlin or +02:00; names stand in /usr/share/zoneinfo"};
  std::vector<Period> periods = {{INT64_MIN / 2, zone.lookup(time_of(kFirstSecond)).offset}};
  CctzTime at = time_of(kFirstSecond);
  cctz::time_zone::civil_transition transition;
  while (periods.size() < kPeriodsMax && zone.next_transition(at, &transition)) {
    at = zone.lookup(transition.to).trans;
    const int64_t second = at.time_since_epoch().count();
    if (second > kLastSecond) break;
    const int64_t offset = zone.lookup(at).offset;
    if (offset != periods.back().offset) periods.push_back({second, offset});
  }
  return TimeZone(std::move(periods));
}

size_t TimeZone::period_at(int64_t utc) const {
  const auto after = std::upper_bound(periods_.begin(), periods_.end(), utc,
                                      [](int64_t time, const Period& period) { return time < period.begin; });
  return static_cast<size_t>(after - periods_.begin()) - 1;
}

// A local time is looked for in the periods around it: no offset is larger than a day.
TimeZone::Meaning TimeZone::to_utc(int64_t local) const {
  constexpr int64_t kReach = 2 * 86'400;
  std::optional<int64_t> found;
  const size_t last = period_at(local + kReach);
  for (size_t i = period_at(local - kReach); i <= last; ++i) {
    const int64_t utc = local - periods_[i].offset;
    const int64_t end = i + 1 < periods_.size() ? periods_[i + 1].begin : INT64_MAX;
    if (utc >= end) continue;
    if (utc >= periods_[i].begin) {
      if (found) return {Kind::repeated, *found, utc};
      found = utc;
      continue;
    }
    // Before this period begins and not in an earlier one: the clocks jumped over it.
    if (!found) return {Kind::skipped, periods_[i].begin, periods_[i].begin};
    break;
  }
  return {Kind::unique, *found, *found};
}

}  // namespace aml::prep
