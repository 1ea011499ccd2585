#include "table/cast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/time.h"
#include "table/scalar.h"

namespace aml::table {
namespace {

constexpr int64_t kDayNs = 86'400'000'000'000;

void append_scalar(ColumnBuilder& builder, ColumnType type, const Scalar& scalar, TextView original) {
  if (scalar.problem) builder.append_error(*scalar.problem, original);
  else if (type == ColumnType::float64) builder.append_double(scalar.real, original);
  else if (type == ColumnType::boolean) builder.append_boolean(scalar.whole != 0, original);
  else builder.append_int(scalar.whole, original);
}

CellProblem problem_of(ColumnType type) {
  switch (type) {
    case ColumnType::text: break;
    case ColumnType::boolean: return CellProblem::not_a_boolean;
    case ColumnType::int64: return CellProblem::not_an_integer;
    case ColumnType::float64: return CellProblem::not_a_number;
    case ColumnType::date: return CellProblem::not_a_date;
    case ColumnType::timestamp: return CellProblem::not_a_timestamp;
  }
  return CellProblem::bad_argument;
}

Scalar whole(int64_t value) { return {value, 0, {}}; }
Scalar real(double value) { return {0, value, {}}; }
Scalar failed(CellProblem problem) { return {0, 0, problem}; }

Scalar convert_double(double value, ColumnType type) {
  if (type == ColumnType::boolean && (value == 0 || value == 1)) return whole(value != 0 ? 1 : 0);
  if (type != ColumnType::int64) return failed(problem_of(type));
  if (std::trunc(value) != value) return failed(CellProblem::not_an_integer);
  // The largest double below 2^63 is 2^63 - 1024; the comparison is false for NaN.
  if (!(value >= -0x1p63 && value < 0x1p63)) return failed(CellProblem::out_of_range);
  return whole(static_cast<int64_t>(value));
}

Scalar convert_whole(int64_t value, ColumnType from, ColumnType type) {
  const bool is_number = from == ColumnType::int64 || from == ColumnType::boolean;
  if (is_number && type == ColumnType::int64) return whole(value);
  if (is_number && type == ColumnType::float64) return real(static_cast<double>(value));
  if (is_number && type == ColumnType::boolean && (value == 0 || value == 1)) return whole(value);
  if (from == ColumnType::timestamp && type == ColumnType::date)
    return whole(value / kDayNs - (value % kDayNs < 0 ? 1 : 0));
  if (from == ColumnType::date && type == ColumnType::timestamp) {
    if (std::abs(value) > std::numeric_limits<int64_t>::max() / kDayNs) return failed(CellProblem::out_of_range);
    return whole(value * kDayNs);
  }
  return failed(problem_of(type));
}

Scalar convert_value(const Column& column, size_t row, ColumnType type) {
  if (column.type() == ColumnType::float64) return convert_double(column.doubles()[row], type);
  if (column.type() == ColumnType::boolean) return convert_whole(column.booleans()[row], column.type(), type);
  return convert_whole(column.ints()[row], column.type(), type);
}

// A column that kept its text is read again from that text, so that "007" as a number and back is "007" still.
ColumnPtr cast_texts(const Column& column, ColumnType type) {
  ColumnBuilder builder(type, KeepText::yes);
  builder.reserve(column.rows());
  builder.pin_all(column);
  for (size_t row = 0; row < column.rows(); ++row) {
    const TextView& original = column.texts()[row];
    if (!column.is_valid(row)) {
      if (const CellError* error = column.error_at(row)) builder.append_error(error->problem, original);
      else builder.append_missing(original);
      continue;
    }
    const std::string_view text = trim(original.view());
    if (text.empty()) builder.append_missing(original);
    else append_scalar(builder, type, parse_scalar(text, type), original);
  }
  return builder.finish();
}

ColumnPtr cast_values(const Column& column, ColumnType type) {
  ColumnBuilder builder(type);
  builder.reserve(column.rows());
  for (size_t row = 0; row < column.rows(); ++row) {
    if (const CellError* error = column.error_at(row)) builder.append_error(error->problem);
    else if (!column.is_valid(row)) builder.append_missing();
    else append_scalar(builder, type, convert_value(column, row, type), {});
  }
  return builder.finish();
}

ColumnPtr cast_to_text(const Column& column) {
  const bool has_texts = !column.texts().empty();
  ColumnBuilder builder(ColumnType::text);
  builder.reserve(column.rows());
  builder.pin_all(column);
  std::string value;
  for (size_t row = 0; row < column.rows(); ++row) {
    const TextView original = has_texts ? column.texts()[row] : TextView();
    if (const CellError* error = column.error_at(row)) builder.append_error(error->problem, original);
    else if (!column.is_valid(row)) builder.append_missing(original);
    else if (has_texts) builder.append_text(original);
    else {
      value.clear();
      column.append_text(value, row);
      builder.append_owned_text(value);
    }
  }
  return builder.finish();
}

}  // namespace

ColumnPtr cast(const Column& column, ColumnType type) {
  if (column.type() == type) return std::make_shared<const Column>(column);
  if (type == ColumnType::text) return cast_to_text(column);
  return column.texts().empty() ? cast_values(column, type) : cast_texts(column, type);
}

}  // namespace aml::table
