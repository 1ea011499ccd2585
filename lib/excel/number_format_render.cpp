// The part of excel/number_format.h that writes numbers and dates.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "excel/decimal_digits.h"
#include "excel/number_format.h"

namespace aml::excel {
namespace {

using Kind = FormatToken::Kind;
using Range = std::span<const FormatToken>;

// What Excel shows for a number that is no date fills the cell, and 255 places in an export.
constexpr size_t kNoDateCharacters = 255;

size_t count_digits(Range tokens) {
  return static_cast<size_t>(
      std::count_if(tokens.begin(), tokens.end(), [](const FormatToken& token) { return token.kind == Kind::digit; }));
}

void append_other(std::string& out, const FormatToken& token) {
  if (token.kind == Kind::literal) out.append(token.text);
  else if (token.kind == Kind::percent) out.push_back('%');
}

// The digits before the point, laid out from the right; what finds no placeholder stands before the first.
std::string lay_out_whole(Range tokens, const std::string& digits, bool has_thousands) {
  std::string reversed;
  size_t rest = digits.size();
  size_t placed = 0;
  size_t placeholders = count_digits(tokens);
  const auto place = [&](char digit) {
    if (has_thousands && placed > 0 && placed % 3 == 0 && digit != ' ') reversed.push_back(',');
    reversed.push_back(digit);
    ++placed;
  };
  for (size_t i = tokens.size(); i-- > 0;) {
    const FormatToken& token = tokens[i];
    if (token.kind != Kind::digit) {
      std::string text;
      append_other(text, token);
      reversed.append(text.rbegin(), text.rend());
      continue;
    }
    --placeholders;
    if (rest > 0) place(digits[--rest]);
    else if (token.letter != '#') place(token.letter == '0' ? '0' : ' ');
    while (placeholders == 0 && rest > 0) place(digits[--rest]);
  }
  return {reversed.rbegin(), reversed.rend()};
}

std::string lay_out_fraction(Range tokens, const std::string& digits) {
  std::string out;
  size_t used = 0;
  for (const FormatToken& token : tokens) {
    if (token.kind != Kind::digit) {
      append_other(out, token);
      continue;
    }
    const bool is_rest_zero = digits.find_first_not_of('0', used) == std::string::npos;
    if (token.letter == '0' || !is_rest_zero) out.push_back(digits[used]);
    else if (token.letter == '?') out.push_back(' ');
    ++used;
  }
  return out;
}

struct Parts {
  Range whole;
  Range fraction;  // behind the point
  bool has_point = false;
};

Parts split_at_point(Range tokens) {
  const auto point =
      std::find_if(tokens.begin(), tokens.end(), [](const FormatToken& t) { return t.kind == Kind::point; });
  const auto at = static_cast<size_t>(point - tokens.begin());
  if (at == tokens.size()) return {tokens, {}, false};
  return {tokens.first(at), tokens.subspan(at + 1), true};
}

std::string lay_out_fixed(Range tokens, DecimalDigits number, bool has_thousands) {
  const Parts parts = split_at_point(tokens);
  const int decimals = static_cast<int>(count_digits(parts.fraction));
  number.round(decimals);
  std::string out = lay_out_whole(parts.whole, number.whole(), has_thousands);
  // ".50" has no placeholder for what stands before the point.
  if (count_digits(parts.whole) == 0) out += number.whole();
  if (parts.has_point) out.push_back('.');
  return out + lay_out_fraction(parts.fraction, number.fraction(decimals));
}

// "0.00E+00", and "##0.0E+0", whose powers are multiples of three.
std::string lay_out_power(Range tokens, DecimalDigits number) {
  const auto mark =
      std::find_if(tokens.begin(), tokens.end(), [](const FormatToken& t) { return t.kind == Kind::exponent; });
  const auto at = static_cast<size_t>(mark - tokens.begin());
  const Range mantissa = tokens.first(at);
  const Parts parts = split_at_point(mantissa);
  const int step = std::max(1, static_cast<int>(count_digits(parts.whole)));
  const int decimals = static_cast<int>(count_digits(parts.fraction));
  const auto exponent_of = [step](int point) {
    const int exponent = point - 1;
    return exponent - ((exponent % step) + step) % step;
  };
  int exponent = number.is_zero() ? 0 : exponent_of(number.point);
  number.scale(-exponent);
  number.round(decimals);
  if (number.point > step) {  // 9.99 became 10
    number.scale(-step);
    exponent += step;
  }
  std::string out = lay_out_fixed(mantissa, number, false);
  out.push_back('E');
  if (exponent < 0) out.push_back('-');
  else if (mark->letter == '+') out.push_back('+');
  const DecimalDigits power = DecimalDigits::of(std::abs(exponent));
  return out + lay_out_whole(tokens.subspan(at + 1), power.whole(), false);
}

struct Fraction {
  int64_t numerator = 0;
  int64_t denominator = 1;
};

// The nearest fraction whose denominator is at most `limit`.
Fraction nearest_fraction(double value, int64_t limit) {
  Fraction best;
  double smallest = 2;
  for (int64_t denominator = 1; denominator <= limit; ++denominator) {
    const auto numerator = static_cast<int64_t>(std::llround(value * static_cast<double>(denominator)));
    const double distance = std::abs(value - static_cast<double>(numerator) / static_cast<double>(denominator));
    if (distance >= smallest - 1e-12) continue;
    smallest = distance;
    best = {numerator, denominator};
  }
  return best;
}

// The denominator a format fixes ("# ?/8"): a literal number behind the slash.
std::optional<int64_t> fixed_denominator(Range behind) {
  int64_t value = 0;
  for (const FormatToken& token : behind) {
    if (token.kind == Kind::digit && token.letter == '0' && value > 0) {
      value *= 10;
    } else if (token.kind == Kind::literal) {
      for (const char byte : token.text) {
        if (byte < '0' || byte > '9' || value > 9999) return value > 0 ? std::optional(value) : std::nullopt;
        value = value * 10 + (byte - '0');
      }
    } else {
      return std::nullopt;
    }
  }
  return value > 0 ? std::optional(value) : std::nullopt;
}

std::string lay_out_quotient(Range tokens, double value) {
  const auto slash =
      std::find_if(tokens.begin(), tokens.end(), [](const FormatToken& t) { return t.kind == Kind::slash; });
  const auto at = static_cast<size_t>(slash - tokens.begin());
  const Range behind = tokens.subspan(at + 1);
  // The numerator's placeholders are the last group before the slash; a group before it is for the whole part.
  size_t numerator_at = at;
  while (numerator_at > 0 && tokens[numerator_at - 1].kind == Kind::digit) --numerator_at;
  const Range whole_tokens = tokens.first(numerator_at);
  const bool has_whole = count_digits(whole_tokens) > 0;
  const double whole = has_whole ? std::floor(value) : 0;
  const size_t width = std::max<size_t>(count_digits(behind), 1);
  const auto fixed = fixed_denominator(behind);
  constexpr int64_t kLimits[] = {9, 99, 999};
  Fraction part = fixed ? Fraction{std::llround((value - whole) * static_cast<double>(*fixed)), *fixed}
                        : nearest_fraction(value - whole, kLimits[std::min<size_t>(width, 3) - 1]);
  double shown_whole = whole;
  if (has_whole && part.numerator == part.denominator) {
    shown_whole += 1;
    part.numerator = 0;
  }
  std::string out = lay_out_whole(whole_tokens, DecimalDigits::of(shown_whole).whole(), false);
  if (has_whole && part.numerator == 0) {
    if (shown_whole == 0 && out.find('0') == std::string::npos) out.insert(out.begin(), '0');
    return out + std::string(at - numerator_at + 1 + (fixed ? std::to_string(*fixed).size() : width), ' ');
  }
  out += lay_out_whole(tokens.subspan(numerator_at, at - numerator_at), std::to_string(part.numerator), false);
  const std::string denominator = std::to_string(part.denominator);
  out.append("/").append(denominator);
  if (!fixed && denominator.size() < width) out.append(width - denominator.size(), ' ');
  return out;
}

std::string two_digits(int64_t value, uint16_t count) { return fmt::format("{:0{}}", value, std::min<int>(count, 2)); }

class DateRenderer {
 public:
  DateRenderer(const FormatSection& section, double serial, const SerialDate& split, unsigned digits)
      : section_(section), serial_(serial), split_(split) {
    for (unsigned i = 0; i < digits; ++i) ticks_per_second_ *= 10;
    seconds_ = split.ticks / ticks_per_second_;
  }

  std::string render() const {
    std::string out;
    for (const FormatToken& token : section_.tokens) append(out, token);
    return out;
  }

 private:
  void append(std::string& out, const FormatToken& token) const {
    const int64_t hour = seconds_ / 3600;
    switch (token.kind) {
      case Kind::date: append_date(out, token); break;
      case Kind::elapsed: append_elapsed(out, token); break;
      case Kind::subsecond: append_subsecond(out, token.count); break;
      case Kind::half_day:
        if (token.text.size() == 3) out.push_back(hour < 12 ? token.text[0] : token.text[2]);
        else out.append(hour < 12 ? "AM" : "PM");
        break;
      case Kind::point: out.push_back('.'); break;
      case Kind::slash: out.push_back('/'); break;
      default: append_other(out, token);
    }
  }

  void append_date(std::string& out, const FormatToken& token) const {
    const CivilDate& date = split_.date;
    switch (token.letter) {
      case 'y': out += token.count <= 2 ? two_digits(date.year % 100, 2) : fmt::format("{:04}", date.year); break;
      case 'm': append_month(out, token.count); break;
      case 'd': append_day(out, token.count); break;
      case 'h':
        out += two_digits(section_.has_half_day ? (seconds_ / 3600 + 11) % 12 + 1 : seconds_ / 3600, token.count);
        break;
      case 'i': out += two_digits(seconds_ / 60 % 60, token.count); break;
      default: out += two_digits(seconds_ % 60, token.count);
    }
  }

  void append_month(std::string& out, uint16_t count) const {
    constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
    const std::string_view name = kMonths[split_.date.month - 1];
    if (count <= 2) out += two_digits(split_.date.month, count);
    else out += count == 3 ? name.substr(0, 3) : count == 4 ? name : name.substr(0, 1);
  }

  void append_day(std::string& out, uint16_t count) const {
    constexpr std::string_view kDays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    if (count <= 2) {
      out += two_digits(split_.date.day, count);
      return;
    }
    const std::string_view name = kDays[(split_.day + 6) % 7];  // day 1 counts as a Sunday
    out += count == 3 ? name.substr(0, 3) : name;
  }

  void append_elapsed(std::string& out, const FormatToken& token) const {
    const int64_t day = static_cast<int64_t>(std::floor(serial_)) + (is_next_day() ? 1 : 0);
    const int64_t seconds = day * 86400 + seconds_;
    const int64_t value = token.letter == 'h' ? seconds / 3600 : token.letter == 'i' ? seconds / 60 : seconds;
    out += fmt::format("{:0{}}", value, token.count);
  }

  // Rounding reached midnight.
  bool is_next_day() const { return seconds_ == 0 && serial_ - std::floor(serial_) > 0.5; }

  void append_subsecond(std::string& out, uint16_t count) const {
    const int64_t milliseconds = split_.ticks % ticks_per_second_ * 1000 / ticks_per_second_;
    const std::string digits = fmt::format("{:03}", milliseconds);
    out.append(".").append(digits, 0, count);
  }

  const FormatSection& section_;
  double serial_;
  const SerialDate& split_;
  int64_t ticks_per_second_ = 1;
  int64_t seconds_ = 0;
};

}  // namespace

std::string render_number(const FormatSection& section, double value) {
  const Range tokens = section.tokens;
  if (section.has(Kind::slash)) return lay_out_quotient(tokens, value);
  DecimalDigits number = DecimalDigits::of(value);
  for (const FormatToken& token : tokens)
    if (token.kind == Kind::percent) number.scale(2);
  number.scale(-3 * static_cast<int>(std::min(section.thousand_divisions, 100u)));
  if (section.has(Kind::exponent)) return lay_out_power(tokens, number);
  if (section.has(Kind::digit)) return lay_out_fixed(tokens, number, section.has_thousands);
  std::string out;
  for (const FormatToken& token : tokens) {
    if (token.kind == Kind::general || token.kind == Kind::at) out += general_text(value);
    else append_other(out, token);
  }
  return out;
}

std::string render_date(const FormatSection& section, double serial, DateSystem system) {
  unsigned digits = 0;
  for (const FormatToken& token : section.tokens)
    if (token.kind == Kind::subsecond) digits = std::max<unsigned>(digits, token.count);
  const auto split = split_serial(serial, system, digits);
  if (!split && section.has(Kind::elapsed) && serial < 0)
    return fmt::format("-{}", render_date(section, -serial, system));
  if (!split) return std::string(kNoDateCharacters, '#');
  return DateRenderer(section, serial, *split, digits).render();
}

}  // namespace aml::excel
