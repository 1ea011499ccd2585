#include "net/retry.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace aml::net {
namespace {

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// The one form that servers may send (RFC 9110 5.6.7, IMF-fixdate): fixed width, always GMT.
std::optional<Instant> parse_http_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const auto day = parse_number(text.substr(5, 2)), year = parse_number(text.substr(12, 4));
  const auto hour = parse_number(text.substr(17, 2)), minute = parse_number(text.substr(20, 2)),
             second = parse_number(text.substr(23, 2));
  if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
  const CivilDate date{*year, static_cast<unsigned>(month - kMonths.begin() + 1), static_cast<unsigned>(*day)};
  if (!is_valid_civil(date) || *year < 1678 || *year > 2261 || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  const int64_t seconds = days_from_civil(date) * 86'400 + *hour * 3600 + *minute * 60 + *second;
  return Instant{seconds * 1'000'000'000};
}

}  // namespace

bool is_retryable_status(unsigned status) {
  switch (status) {
    case 408:
    case 425:
    case 429:
    case 499:
    case 500:
    case 502:
    case 503:
    case 504:
    case 522: return true;
    default: return false;
  }
}

std::optional<int64_t> parse_retry_after_ms(std::string_view value, Instant now) {
  if (const auto seconds = parse_number(value)) return int64_t{*seconds} * 1000;
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::max<int64_t>(0, (date->unix_ns - now.unix_ns) / 1'000'000);
}

int64_t retry_delay_ms(const RetryPolicy& policy, int next_try, std::optional<int64_t> retry_after_ms,
                       const Random& random) {
  if (retry_after_ms) return std::min(*retry_after_ms, policy.retry_after_cap_ms);
  const int doublings = std::clamp(next_try - 2, 0, 30);
  const int64_t ceiling = std::min(policy.cap_ms, policy.base_ms << doublings);
  return static_cast<int64_t>(random.unit_at(static_cast<uint64_t>(next_try)) * static_cast<double>(ceiling));
}

}  // namespace aml::net
