#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "prep/decimal.h"
#include "prep/functions.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;

// Tables hold no infinities and no NaN: a result that is one is an error.
Outcome finite(double& out, double value) {
  if (!std::isfinite(value)) return CellProblem::out_of_range;
  out = value;
  return Outcome::valid();
}

Outcome unless(bool overflowed) { return overflowed ? Outcome(CellProblem::out_of_range) : Outcome::valid(); }

Outcome add_int(int64_t& out, int64_t a, int64_t b) { return unless(__builtin_add_overflow(a, b, &out)); }
Outcome subtract_int(int64_t& out, int64_t a, int64_t b) { return unless(__builtin_sub_overflow(a, b, &out)); }
Outcome multiply_int(int64_t& out, int64_t a, int64_t b) { return unless(__builtin_mul_overflow(a, b, &out)); }
Outcome add(double& out, double a, double b) { return finite(out, a + b); }
Outcome subtract(double& out, double a, double b) { return finite(out, a - b); }
Outcome multiply(double& out, double a, double b) { return finite(out, a * b); }

Outcome divide(double& out, double a, double b) {
  if (b == 0) return CellProblem::division_by_zero;
  return finite(out, a / b);
}

// Quotients round down and remainders take the sign of the divisor, so that (a // b) * b + a % b is a.
Outcome floor_divide_int(int64_t& out, int64_t a, int64_t b) {
  if (b == 0) return CellProblem::division_by_zero;
  if (b == -1) return subtract_int(out, 0, a);
  out = a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
  return Outcome::valid();
}

Outcome remainder_int(int64_t& out, int64_t a, int64_t b) {
  if (b == 0) return CellProblem::division_by_zero;
  out = b == -1 ? 0 : a % b;
  if (out != 0 && (out < 0) != (b < 0)) out += b;
  return Outcome::valid();
}

Outcome floor_divide(double& out, double a, double b) {
  if (b == 0) return CellProblem::division_by_zero;
  return finite(out, std::floor(a / b));
}

Outcome remainder(double& out, double a, double b) {
  if (b == 0) return CellProblem::division_by_zero;
  out = std::fmod(a, b);
  if (out != 0 && (out < 0) != (b < 0)) out += b;
  return Outcome::valid();
}

Outcome negate_int(int64_t& out, int64_t a) { return subtract_int(out, 0, a); }
double negate(double a) { return -a; }
Outcome abs_int(int64_t& out, int64_t a) { return a < 0 ? negate_int(out, a) : (out = a, Outcome::valid()); }
double abs_number(double a) { return std::fabs(a); }

Outcome whole(int64_t& out, double value) {
  if (!(value >= -0x1p63 && value < 0x1p63)) return CellProblem::out_of_range;
  out = static_cast<int64_t>(value);
  return Outcome::valid();
}

Outcome round_whole(int64_t& out, double a) { return whole(out, std::round(a)); }
Outcome floor_whole(int64_t& out, double a) { return whole(out, std::floor(a)); }
Outcome ceil_whole(int64_t& out, double a) { return whole(out, std::ceil(a)); }
int64_t same(int64_t a) { return a; }

// Half goes away from zero. Beyond 15 places a double has no more digits to lose.
Outcome round_to(double& out, double a, int64_t places) {
  if (places < -300 || places > 300) return CellProblem::bad_argument;
  const double scale = std::pow(10.0, static_cast<double>(std::abs(places)));
  const double rounded = places >= 0 ? std::round(a * scale) / scale : std::round(a / scale) * scale;
  out = std::isfinite(rounded) ? rounded : a;
  return Outcome::valid();
}

Outcome square_root(double& out, double a) {
  if (a < 0) return CellProblem::bad_argument;
  out = std::sqrt(a);
  return Outcome::valid();
}

Outcome exponential(double& out, double a) { return finite(out, std::exp(a)); }

// Logarithms of what is not above zero do not exist.
template <double (*function)(double)>
Outcome logarithm(double& out, double a) {
  if (!(a > 0)) return CellProblem::bad_argument;
  out = function(a);
  return Outcome::valid();
}

Outcome power(double& out, double a, double b) {
  const double value = std::pow(a, b);
  if (std::isnan(value)) return CellProblem::bad_argument;
  return a == 0 && b < 0 ? Outcome(CellProblem::division_by_zero) : finite(out, value);
}

int64_t sign_of_int(int64_t a) { return a > 0 ? 1 : a < 0 ? -1 : 0; }
int64_t sign(double a) { return a > 0 ? 1 : a < 0 ? -1 : 0; }
Outcome truncate_whole(int64_t& out, double a) { return whole(out, std::trunc(a)); }

// How a number between two that can be written is rounded.
enum class Rounding : uint8_t { half_away, half_even, up, down, away, zero };
constexpr std::array<std::string_view, 6> kRoundings = {"half_away", "half_even", "up", "down", "away", "zero"};

struct RoundingMode final : Prepared {
  explicit RoundingMode(Rounding given) : rounding(given) {}
  Rounding rounding;
};

Result<PreparedPtr> prepare_rounding(const Constants& constants) {
  const auto found = std::find(kRoundings.begin(), kRoundings.end(), constants.text(0));
  if (found == kRoundings.end())
    return constants.error(0, fmt::format("unknown rounding '{}'", constants.text(0)),
                           fmt::format("known are {}", fmt::join(kRoundings, ", ")));
  return PreparedPtr(std::make_shared<RoundingMode>(static_cast<Rounding>(found - kRoundings.begin())));
}

double round_by(Rounding rounding, double a) {
  switch (rounding) {
    case Rounding::half_away: return std::round(a);
    case Rounding::half_even: return std::nearbyint(a);
    case Rounding::up: return std::ceil(a);
    case Rounding::down: return std::floor(a);
    case Rounding::away: return a < 0 ? std::floor(a) : std::ceil(a);
    case Rounding::zero: break;
  }
  return std::trunc(a);
}

Outcome round_by_mode(const RoundingMode& mode, double& out, double a, int64_t places) {
  if (places < -300 || places > 300) return CellProblem::bad_argument;
  const double scale = std::pow(10.0, static_cast<double>(std::abs(places)));
  const double rounded =
      places >= 0 ? round_by(mode.rounding, a * scale) / scale : round_by(mode.rounding, a / scale) * scale;
  out = std::isfinite(rounded) ? rounded : a;
  return Outcome::valid();
}

// Exactly so many digits behind the point, halves away from zero on the digits a person reads.
Outcome fixed(TextResult& out, double value, int64_t places) {
  if (places < -300 || places > 300) return CellProblem::bad_argument;
  const auto digits = round_decimal(text::format_number(value), static_cast<int>(places));
  if (!digits) return CellProblem::out_of_range;
  out.fresh() = *digits;
  return Outcome::valid();
}

constexpr Function kFunctions[] = {
    define("+", int64, fallible<add_int>, int64, int64),
    define("+", float64, fallible<add>, float64, float64),
    define("-", int64, fallible<subtract_int>, int64, int64),
    define("-", float64, fallible<subtract>, float64, float64),
    define("*", int64, fallible<multiply_int>, int64, int64),
    define("*", float64, fallible<multiply>, float64, float64),
    define("/", float64, fallible<divide>, float64, float64),
    define("//", int64, fallible<floor_divide_int>, int64, int64),
    define("//", float64, fallible<floor_divide>, float64, float64),
    define("%", int64, fallible<remainder_int>, int64, int64),
    define("%", float64, fallible<remainder>, float64, float64),
    define("negate", int64, fallible<negate_int>, int64),
    define("negate", float64, total<negate>, float64),
    define("abs", int64, fallible<abs_int>, int64),
    define("abs", float64, total<abs_number>, float64),
    define("round", int64, total<same>, int64),
    define("round", int64, fallible<round_whole>, float64),
    define("round", float64, fallible<round_to>, float64, int64),
    define("floor", int64, total<same>, int64),
    define("floor", int64, fallible<floor_whole>, float64),
    define("ceil", int64, total<same>, int64),
    define("ceil", int64, fallible<ceil_whole>, float64),
    define_prepared("round", float64, prepared_fallible<round_by_mode>, prepare_rounding, 1, float64, int64, text),
    define("fixed", table::ColumnType::text, fallible<fixed>, float64, int64),
    define("truncate", int64, total<same>, int64),
    define("truncate", int64, fallible<truncate_whole>, float64),
    define("sign", int64, total<sign_of_int>, int64),
    define("sign", int64, total<sign>, float64),
    define("mod", int64, fallible<remainder_int>, int64, int64),
    define("mod", float64, fallible<remainder>, float64, float64),
    define("exp", float64, fallible<exponential>, float64),
    define("log", float64, fallible<logarithm<std::log>>, float64),
    define("log2", float64, fallible<logarithm<std::log2>>, float64),
    define("log10", float64, fallible<logarithm<std::log10>>, float64),
    define("power", float64, fallible<power>, float64, float64),
    define("sqrt", float64, fallible<square_root>, float64),
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace aml::prep
