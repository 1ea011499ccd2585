#include "prep/decimal.h"

#include <algorithm>

#include "base/check.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

constexpr int64_t kDigitsMax = 1000;

// 0.DIGITS times ten to the power of `point`.
struct Decimal {
  bool is_negative = false;
  std::string digits;
  int64_t point = 0;
};

Decimal take_apart(std::string_view number) {
  Decimal decimal;
  if (number.starts_with('-') || number.starts_with('+')) {
    decimal.is_negative = number[0] == '-';
    number.remove_prefix(1);
  }
  const size_t exponent = number.find_first_of("eE");
  const std::string_view mantissa = number.substr(0, exponent);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  decimal.digits.append(mantissa.substr(0, point));
  if (point < mantissa.size()) decimal.digits.append(mantissa.substr(point + 1));
  decimal.point = static_cast<int64_t>(point);
  if (exponent != number.npos) decimal.point += text::parse_int(number.substr(exponent + 1)).value_or(kDigitsMax * 10);
  return decimal;
}

// Keeps `count` digits and says whether the first one dropped rounds up.
bool cut(Decimal& decimal, int64_t count) {
  const auto size = static_cast<int64_t>(decimal.digits.size());
  const bool rounds_up = count >= 0 && count < size && decimal.digits[static_cast<size_t>(count)] >= '5';
  decimal.digits.resize(static_cast<size_t>(std::max<int64_t>(count, 0)), '0');
  return rounds_up;
}

void add_one(Decimal& decimal) {
  for (auto digit = decimal.digits.rbegin(); digit != decimal.digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return;
    }
    *digit = '0';
  }
  decimal.digits.insert(decimal.digits.begin(), '1');
  ++decimal.point;
}

}  // namespace

std::optional<std::string> round_decimal(std::string_view number, int places) {
  Decimal decimal = take_apart(number);
  if (decimal.point > kDigitsMax || decimal.point < -kDigitsMax) return std::nullopt;
  if (cut(decimal, decimal.point + places)) add_one(decimal);
  // The digits reach exactly `places` behind the point; where there are fewer, zeros stand between.
  const auto fraction = static_cast<size_t>(std::max(places, 0));
  if (decimal.digits.size() < fraction + 1) decimal.digits.insert(0, fraction + 1 - decimal.digits.size(), '0');
  if (places < 0) decimal.digits.append(static_cast<size_t>(-places), '0');
  const size_t whole = decimal.digits.size() - fraction;
  const size_t first = std::min(decimal.digits.find_first_not_of('0'), whole - 1);
  std::string text(decimal.digits, first, whole - first);
  if (fraction > 0) text.append(1, '.').append(decimal.digits, whole);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  return decimal.is_negative && !is_zero ? "-" + text : text;
}

}  // namespace aml::prep
