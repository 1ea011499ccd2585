#include <cmath>
#include <limits>

#include "prep/functions.h"

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
    define("sqrt", float64, fallible<square_root>, float64),
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace aml::prep
