#include <cmath>

#include "prep/functions.h"
#include "prep/instant.h"
#include "table/scalar.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;
using Text = std::string_view;

// Reading text follows the rules of the cast step: blank text is missing.
template <table::ColumnType type, class R>
Outcome parse(R& out, Text value) {
  const Text trimmed = table::trim(value);
  if (trimmed.empty()) return Outcome::missing();
  const table::Scalar scalar = table::parse_scalar(trimmed, type);
  if (scalar.problem) return *scalar.problem;
  if constexpr (type == float64) out = scalar.real;
  else if constexpr (type == boolean) out = scalar.whole != 0;
  else out = scalar.whole;
  return Outcome::valid();
}

double number_from_int(int64_t value) { return static_cast<double>(value); }
double number_from_boolean(bool value) { return value ? 1 : 0; }
int64_t int_from_boolean(bool value) { return value ? 1 : 0; }

Outcome int_from_number(int64_t& out, double value) {
  if (std::trunc(value) != value) return CellProblem::not_an_integer;
  if (!(value >= -0x1p63 && value < 0x1p63)) return CellProblem::out_of_range;
  out = static_cast<int64_t>(value);
  return Outcome::valid();
}

// The day in UTC; instants before 1970 round down too.
int64_t date_from_timestamp(int64_t ns) { return days_of(ns); }

Outcome timestamp_from_date(int64_t& out, int64_t days) {
  return __builtin_mul_overflow(days, kDayNs, &out) ? Outcome(CellProblem::out_of_range) : Outcome::valid();
}

template <table::ColumnType type>
Outcome text_from_int(TextResult& out, int64_t value) {
  table::append_value_text(out.fresh(), type, value);
  return Outcome::valid();
}

Outcome text_from_boolean(TextResult& out, bool value) {
  out.borrow(value ? "true" : "false");
  return Outcome::valid();
}

Outcome text_from_number(TextResult& out, double value) {
  text::append_number(out.fresh(), value);
  return Outcome::valid();
}

// A value that has the type already, e.g. number(x) of a number.
Vector same(Arguments arguments, size_t, table::ColumnType) { return *arguments[0]; }

constexpr Function kFunctions[] = {
    define("number", float64, &same, float64),
    define("number", float64, total<number_from_int>, int64),
    define("number", float64, total<number_from_boolean>, boolean),
    define("number", float64, fallible<parse<float64, double>>, text),
    define("integer", int64, &same, int64),
    define("integer", int64, fallible<int_from_number>, float64),
    define("integer", int64, total<int_from_boolean>, boolean),
    define("integer", int64, fallible<parse<int64, int64_t>>, text),
    define("text", text, &same, text),
    define("text", text, fallible<text_from_int<int64>>, int64),
    define("text", text, fallible<text_from_number>, float64),
    define("text", text, fallible<text_from_boolean>, boolean),
    define("text", text, fallible<text_from_int<date>>, date),
    define("text", text, fallible<text_from_int<timestamp>>, timestamp),
    define("boolean", boolean, &same, boolean),
    define("boolean", boolean, fallible<parse<boolean, bool>>, text),
    define("date", date, &same, date),
    define("date", date, total<date_from_timestamp>, timestamp),
    define("date", date, fallible<parse<date, int64_t>>, text),
    define("timestamp", timestamp, &same, timestamp),
    define("timestamp", timestamp, fallible<timestamp_from_date>, date),
    define("timestamp", timestamp, fallible<parse<timestamp, int64_t>>, text),
};

}  // namespace

std::span<const Function> cast_functions() { return kFunctions; }

}  // namespace aml::prep
