#include "excel/decimal_digits.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace aml::excel {
namespace {

constexpr int kGeneralCharacters = 11;
constexpr int kGeneralPowerDigits = 6;

void strip_zeros(std::string& digits) { digits.erase(digits.find_last_not_of('0') + 1); }

std::string fixed_text(const DecimalDigits& number, int decimals) {
  std::string text = number.whole();
  if (text.empty()) text.push_back('0');
  std::string fraction = number.fraction(decimals);
  strip_zeros(fraction);
  return fraction.empty() ? text : fmt::format("{}.{}", text, fraction);
}

std::string power_text(DecimalDigits number) {
  number.round(kGeneralPowerDigits - number.point);
  const int exponent = number.point - 1;
  const std::string_view behind = std::string_view(number.digits).substr(1);
  return fmt::format("{}{}{}E{}{:02}", number.digits[0], behind.empty() ? "" : ".", behind, exponent < 0 ? '-' : '+',
                     std::abs(exponent));
}

}  // namespace

DecimalDigits DecimalDigits::of(double value) {
  DecimalDigits number;
  if (value == 0) return number;
  const std::string text = fmt::format("{:.14e}", value);  // d.dddddddddddddde±dd
  number.digits = fmt::format("{}{}", text[0], std::string_view(text).substr(2, 14));
  strip_zeros(number.digits);
  const size_t exponent = text.find('e') + (text[text.find('e') + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + exponent, text.data() + text.size(), number.point);
  ++number.point;
  return number;
}

void DecimalDigits::round(int decimals) {
  const int keep = point + decimals;
  if (keep >= static_cast<int>(digits.size())) return;
  if (keep < 0) {
    digits.clear();
    return;
  }
  const bool is_up = digits[static_cast<size_t>(keep)] >= '5';
  digits.resize(static_cast<size_t>(keep));
  if (is_up) {
    size_t i = digits.size();
    while (i > 0 && digits[i - 1] == '9') --i;
    digits.resize(i);
    if (i > 0) {
      ++digits[i - 1];
    } else {
      digits.push_back('1');
      ++point;
    }
  }
  strip_zeros(digits);
}

std::string DecimalDigits::whole() const {
  if (point <= 0) return {};
  std::string text = digits.substr(0, static_cast<size_t>(point));
  text.resize(digits.empty() ? 0 : static_cast<size_t>(point), '0');
  return text;
}

std::string DecimalDigits::fraction(int decimals) const {
  std::string text(static_cast<size_t>(std::clamp(-point, 0, decimals)), '0');
  if (point < static_cast<int>(digits.size()))
    text.append(digits, static_cast<size_t>(std::max(point, 0)), std::string::npos);
  text.resize(static_cast<size_t>(decimals), '0');
  return text;
}

std::string general_text(double value) {
  if (value < 0) return fmt::format("-{}", general_text(-value));
  DecimalDigits number = DecimalDigits::of(value);
  if (number.is_zero()) return "0";
  const int decimals_exact = std::max(0, static_cast<int>(number.digits.size()) - number.point);
  const int whole_digits = std::max(number.point, 1);
  const int characters = whole_digits + (decimals_exact > 0 ? 1 + decimals_exact : 0);
  if (characters <= kGeneralCharacters) return fixed_text(number, decimals_exact);
  const bool is_fixed = number.point > -4 && number.point <= kGeneralCharacters;
  if (!is_fixed) return power_text(number);
  const int decimals = std::max(0, kGeneralCharacters - 1 - whole_digits);
  DecimalDigits rounded = number;
  rounded.round(decimals);
  if (rounded.point > kGeneralCharacters) return power_text(number);
  return fixed_text(rounded, decimals);
}

}  // namespace aml::excel
