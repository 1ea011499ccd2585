#include "table/classify.h"

#include <algorithm>
#include <array>

namespace aml::table {
namespace {

constexpr std::array<std::string_view, 18> kMissingWords = {"NA",  "N/A",  "n/a",  "na",   "#N/A", "NaN",
                                                            "nan", "NULL", "Null", "null", "None", "none",
                                                            "-",   "--",   "?",    ".",    "nil",  "NAN"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Classified> parsed(std::string_view text, ColumnType type) {
  const Scalar scalar = parse_scalar(text, type);
  if (scalar.problem) return std::nullopt;
  return Classified{type, scalar};
}

// "007", "-01": identifiers, which a number would not give back. "0.5" and "0" are numbers.
bool has_leading_zero(std::string_view text) {
  const size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
  return text.size() > sign + 1 && text[sign] == '0' && is_digit(text[sign + 1]);
}

std::optional<Classified> as_number(std::string_view text) {
  if (has_leading_zero(text)) return std::nullopt;
  const bool is_whole = text.find('.') == std::string_view::npos;
  if (is_whole) {
    const Scalar scalar = parse_scalar(text, ColumnType::int64);
    if (!scalar.problem) return Classified{ColumnType::int64, scalar};
    // An identifier of twenty digits: a double would not give it back.
    if (scalar.problem == CellProblem::out_of_range) return std::nullopt;
  }
  return parsed(text, ColumnType::float64);
}

}  // namespace

Classified classify(std::string_view text) {
  const char first = text[0];
  std::optional<Classified> found;
  if (!is_digit(first) && first != '-' && first != '+' && first != '.') {
    found = parsed(text, ColumnType::boolean);
  } else {
    found = as_number(text);
    const bool could_be_date = !found && text.size() >= 10 && text[4] == '-';
    if (could_be_date) found = parsed(text, text.size() == 10 ? ColumnType::date : ColumnType::timestamp);
  }
  return found.value_or(Classified{});
}

ColumnType join_types(ColumnType a, ColumnType b) {
  if (a == b) return a;
  if (is_numeric(a) && is_numeric(b)) return ColumnType::float64;
  const auto is_temporal = [](ColumnType type) { return type == ColumnType::date || type == ColumnType::timestamp; };
  return is_temporal(a) && is_temporal(b) ? ColumnType::timestamp : ColumnType::text;
}

bool is_missing_word(std::string_view text) {
  return text.size() <= 4 && std::find(kMissingWords.begin(), kMissingWords.end(), text) != kMissingWords.end();
}

}  // namespace aml::table
