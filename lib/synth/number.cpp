#include "synth/number.h"

#include <algorithm>
#include <array>

namespace aml::synth {
namespace {

constexpr int kDigitsMax = 30;

constexpr std::array<Int128, kDigitsMax + 2> make_powers() {
  std::array<Int128, kDigitsMax + 2> powers{};
  powers[0] = 1;
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr std::array<Int128, kDigitsMax + 2> kPowers = make_powers();

Int128 magnitude(Int128 value) { return value < 0 ? -value : value; }

// Both at the larger of the two scales; nothing when that does not fit.
struct Aligned {
  Int128 a;
  Int128 b;
  int scale;
};
std::optional<Aligned> align(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale, b.scale);
  const auto lift = [scale](const Decimal& value) -> std::optional<Int128> {
    const Int128 power = kPowers[static_cast<size_t>(scale - value.scale)];
    if (magnitude(value.units) > kPowers[kDigitsMax] / power) return std::nullopt;
    return value.units * power;
  };
  const auto left = lift(a);
  const auto right = lift(b);
  if (!left || !right) return std::nullopt;
  return Aligned{*left, *right, scale};
}

struct DigitReader {
  std::string_view text;
  size_t at = 0;
  Decimal value = {};
  int digits = 0;

  bool is_digit() const { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

  bool take_digits() {
    for (; is_digit(); ++at, ++digits) {
      if (magnitude(value.units) >= kPowers[kDigitsMax - 1]) return false;
      value.units = value.units * 10 + (text[at] - '0');
    }
    return true;
  }

  bool take_groups() {
    const bool can_group = digits >= 1 && digits <= 3;
    while (can_group && at + 3 < text.size() && text[at] == ',') {
      ++at;
      const int before = digits;
      if (!take_digits() || digits != before + 3) return false;
    }
    return true;
  }

  bool take_decimals() {
    if (at >= text.size() || text[at] != '.') return true;
    ++at;
    const int before = digits;
    if (!take_digits()) return false;
    value.scale = digits - before;
    return value.scale <= kDigitsMax;
  }

  bool take_exponent() {
    if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return true;
    ++at;
    const bool is_negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    int exponent = 0;
    const size_t first = at;
    for (; is_digit() && exponent < 1000; ++at) exponent = exponent * 10 + (text[at] - '0');
    if (at == first) return false;
    value.scale += is_negative ? exponent : -exponent;
    if (value.scale > kDigitsMax) return false;
    for (; value.scale < 0; ++value.scale) {
      if (magnitude(value.units) >= kPowers[kDigitsMax - 1]) return false;
      value.units *= 10;
    }
    return true;
  }
};

// Rounds half away from zero to fewer decimals.
Decimal with_scale_at_most(Decimal value, int scale) {
  if (value.scale <= scale) return value;
  const Int128 power = kPowers[static_cast<size_t>(value.scale - scale)];
  const Int128 half = power / 2;
  value.units = (value.units + (value.units < 0 ? -half : half)) / power;
  value.scale = scale;
  return value;
}

// Rounds half away from zero to `count` digits from the first that is not zero.
Decimal with_significant(Decimal value, int count) {
  int digits = 0;
  for (Int128 rest = magnitude(value.units); rest != 0; rest /= 10) ++digits;
  if (digits <= count) return value;
  const int surplus = digits - count;
  if (surplus <= value.scale) return with_scale_at_most(value, value.scale - surplus);
  const Int128 power = kPowers[static_cast<size_t>(surplus - value.scale)];
  Decimal rounded = with_scale_at_most({value.units, surplus}, 0);
  return {rounded.units * power, 0};
}

std::string digits_of(Int128 value) {
  std::string digits;
  for (value = magnitude(value); value != 0; value /= 10)
    digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
  std::reverse(digits.begin(), digits.end());
  return digits;
}

void append_grouped(std::string& out, std::string_view whole) {
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i != 0 && (whole.size() - i) % 3 == 0) out.push_back(',');
    out.push_back(whole[i]);
  }
}

Int128 floor_divide(Int128 a, Int128 b) {
  const Int128 quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
  DigitReader reader{text};
  const bool is_negative = !text.empty() && text[0] == '-';
  if (is_negative || (!text.empty() && text[0] == '+')) ++reader.at;
  if (!reader.take_digits() || !reader.take_groups() || !reader.take_decimals()) return std::nullopt;
  if (reader.digits == 0 || !reader.take_exponent() || reader.at != text.size()) return std::nullopt;
  if (is_negative) reader.value.units = -reader.value.units;
  return reader.value;
}

Decimal normalized(Decimal value) {
  for (; value.scale > 0 && value.units % 10 == 0; --value.scale) value.units /= 10;
  return value;
}

std::string to_text(const Decimal& value) {
  std::string out;
  append_formatted(out, normalized(value), {});
  return out;
}

std::optional<Decimal> multiply(const Decimal& value, const Decimal& factor) {
  Decimal by = normalized(factor);
  if (value.units == 0) return Decimal{0, std::min(value.scale + by.scale, kDigitsMax)};
  if (by.units == 0) return Decimal{};
  int shift = 0;  // a power of ten only moves the point
  for (; by.units % 10 == 0; by.units /= 10) ++shift;
  if (magnitude(value.units) > kPowers[kDigitsMax] / magnitude(by.units)) return std::nullopt;
  Decimal product{value.units * by.units, value.scale + by.scale - shift};
  for (; product.scale < 0; ++product.scale) {
    if (magnitude(product.units) > kPowers[kDigitsMax - 1]) return std::nullopt;
    product.units *= 10;
  }
  if (product.scale > kDigitsMax) product = normalized(product);
  if (product.scale > kDigitsMax) return std::nullopt;
  return product;
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const auto aligned = align(a, b);
  if (!aligned) return std::nullopt;
  return Decimal{aligned->a + aligned->b, aligned->scale};
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) { return add(a, {-b.units, b.scale}); }

int compare(const Decimal& a, const Decimal& b) {
  const auto aligned = align(a, b);
  if (!aligned) return (a.units > 0 ? 1 : -1);  // too far apart to share a scale: the larger one decides
  return aligned->a < aligned->b ? -1 : aligned->a > aligned->b ? 1 : 0;
}

std::string_view name_of(RoundingMode mode) {
  constexpr std::array<std::string_view, 4> kNames = {"none", "nearest", "down", "up"};
  return kNames[static_cast<size_t>(mode)];
}

std::optional<Decimal> round(const Decimal& value, const Rounding& rounding) {
  if (rounding.mode == RoundingMode::none) return is_zero(rounding.shift) ? value : add(value, rounding.shift);
  const auto moved = subtract(value, rounding.anchor);
  if (!moved) return std::nullopt;
  const auto aligned = align(*moved, rounding.unit);
  if (!aligned || aligned->b <= 0) return std::nullopt;
  Int128 steps = floor_divide(aligned->a, aligned->b);
  const Int128 rest = aligned->a - steps * aligned->b;
  const bool is_half = rest * 2 == aligned->b;
  if (rounding.mode == RoundingMode::up && rest != 0) ++steps;
  if (rounding.mode == RoundingMode::nearest && (rest * 2 > aligned->b || (is_half && aligned->a > 0))) ++steps;
  const auto multiple = add({steps * aligned->b, aligned->scale}, rounding.anchor);
  if (!multiple) return std::nullopt;
  const auto shifted = add(*multiple, rounding.shift);
  if (!shifted) return std::nullopt;
  return normalized(*shifted);
}

void append_formatted(std::string& out, Decimal value, const NumberFormat& format) {
  if (format.significant != 0) value = normalized(with_significant(value, format.significant));
  // All decimals means those that were read: 20.20 stays 20.20.
  if (format.decimals_max != NumberFormat::kAllDecimals)
    value = normalized(with_scale_at_most(value, format.decimals_max));
  std::string digits = digits_of(value.units);
  if (digits.size() < static_cast<size_t>(value.scale))
    digits.insert(0, static_cast<size_t>(value.scale) - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - static_cast<size_t>(value.scale));
  std::string decimals = digits.substr(whole.size());
  if (whole.size() < static_cast<size_t>(format.whole_min))
    whole.insert(0, static_cast<size_t>(format.whole_min) - whole.size(), '0');
  if (decimals.size() < static_cast<size_t>(format.decimals_min))
    decimals.resize(static_cast<size_t>(format.decimals_min), '0');
  if (whole.empty() && decimals.empty()) whole.push_back('0');

  std::string head(value.units < 0 ? 1 : 0, '-');
  if (format.has_groups) append_grouped(head, whole);
  else head += whole;
  std::string tail(decimals.empty() && format.pad_right == 0 ? 0 : 1, '.');
  tail.append(decimals);
  if (head.size() < static_cast<size_t>(format.pad_left))
    out.append(static_cast<size_t>(format.pad_left) - head.size(), ' ');
  out.append(head).append(tail);
  if (tail.size() < static_cast<size_t>(format.pad_right))
    out.append(static_cast<size_t>(format.pad_right) - tail.size(), ' ');
}

}  // namespace aml::synth
