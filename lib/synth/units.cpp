#include "synth/units.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace aml::synth {
namespace {

constexpr int kRatioDigits = 18;

Int128 magnitude(Int128 value) { return value < 0 ? -value : value; }

int digits_of(Int128 value) {
  int digits = 0;
  for (value = magnitude(value); value != 0; value /= 10) ++digits;
  return digits;
}

// a / b, cut after kRatioDigits digits.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (a.units == 0 || b.units == 0 || digits_of(a.units) > kRatioDigits || digits_of(b.units) > kRatioDigits)
    return std::nullopt;
  Int128 numerator = a.units;
  int scale = a.scale - b.scale;
  while (digits_of(numerator / b.units) < kRatioDigits && digits_of(numerator) < 36) {
    numerator *= 10;
    ++scale;
  }
  Decimal ratio{numerator / b.units, scale};
  for (; ratio.scale < 0 && digits_of(ratio.units) < 30; ++ratio.scale) ratio.units *= 10;
  if (ratio.scale < 0 || ratio.scale > 30) return std::nullopt;
  return normalized(ratio);
}

// Units of one kind, in the smallest of them.
using Family = std::initializer_list<Decimal>;

void add_factors(std::vector<Decimal>& factors, const Family& family) {
  for (const Decimal& from : family)
    for (const Decimal& to : family) {
      const auto factor = divide(from, to);
      const bool is_new = factor && std::none_of(factors.begin(), factors.end(),
                                                 [&](const Decimal& f) { return compare(f, *factor) == 0; });
      if (is_new && compare(*factor, {1, 0}) != 0) factors.push_back(*factor);
    }
}

}  // namespace

const std::vector<Decimal>& unit_factors() {
  static const std::vector<Decimal> kFactors = [] {
    std::vector<Decimal> factors;
    // mm, cm, inch, foot, yard, m, km, mile
    add_factors(factors, {{1, 0}, {10, 0}, {254, 1}, {3048, 1}, {9144, 1}, {1000, 0}, {1000000, 0}, {1609344, 0}});
    // mg, g, ounce, pound, kg
    add_factors(factors, {{1, 0}, {1000, 0}, {28349523125, 6}, {45359237, 2}, {1000000, 0}});
    // ml, fluid ounce, US pint, l, US gallon
    add_factors(factors, {{1, 0}, {295735295625, 10}, {473176473, 6}, {1000, 0}, {3785411784, 6}});
    // square foot, square metre, acre, hectare
    add_factors(factors, {{9290304, 8}, {1, 0}, {40468564224, 7}, {10000, 0}});
    // second, minute, hour, day
    add_factors(factors, {{1, 0}, {60, 0}, {3600, 0}, {86400, 0}});
    return factors;
  }();
  return kFactors;
}

std::optional<Decimal> shortest_ratio(const Decimal& a, const Decimal& b) {
  const auto ratio = divide(a, b);
  if (!ratio) return std::nullopt;
  // Half a unit of the last digit of `a`, both ways.
  const auto low = divide({a.units * 10 - 5, a.scale + 1}, b);
  const auto high = divide({a.units * 10 + 5, a.scale + 1}, b);
  if (!low || !high) return std::nullopt;
  const bool is_falling = compare(*low, *high) > 0;
  const Decimal& from = is_falling ? *high : *low;
  const Decimal& to = is_falling ? *low : *high;
  Decimal unit{1, 0};
  for (int i = 0; i < 4; ++i) unit.units *= 10;
  for (; unit.scale < kRatioDigits; unit.units == 1 ? ++unit.scale : unit.units /= 10) {
    const auto rounded = round(*ratio, {RoundingMode::nearest, unit, {}, {}});
    if (rounded && !is_zero(*rounded) && compare(*rounded, from) >= 0 && compare(*rounded, to) <= 0) return rounded;
  }
  return std::nullopt;
}

}  // namespace aml::synth
