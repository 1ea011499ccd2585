// A double as Excel sees it: at most 15 decimal digits, rounded half away from zero.
#pragma once

#include <string>

namespace aml::excel {

// 0.DIGITS times 10^point; no digits for zero, no zeros at either end.
struct DecimalDigits {
  std::string digits;
  int point = 0;

  // `value` is finite and not negative.
  static DecimalDigits of(double value);
  bool is_zero() const { return digits.empty(); }
  void scale(int power_of_ten) { point += power_of_ten; }
  // Rounded at so many digits behind the decimal point (before it, when negative).
  void round(int decimals);
  std::string whole() const;                 // "" for less than one
  std::string fraction(int decimals) const;  // that many digits, after round()
};

// A number in the cell format "General": up to eleven characters, then powers of ten.
std::string general_text(double value);

}  // namespace aml::excel
