#include "table/scalar.h"

#include <array>
#include <cmath>
#include <string>

#include "base/check.h"
#include "base/time.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

constexpr int64_t kDayNs = 86'400'000'000'000;
constexpr std::string_view kMidnight = "T00:00:00Z";

Scalar whole(int64_t value) { return {value, 0, {}}; }
Scalar failed(CellProblem problem) { return {0, 0, problem}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t digits_at(std::string_view text, size_t at) {
  size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]) != lower[i]) return false;
  return true;
}

constexpr std::array<std::string_view, 3> kTrueWords = {"true", "yes", "1"};
constexpr std::array<std::string_view, 3> kFalseWords = {"false", "no", "0"};

Scalar parse_boolean(std::string_view text) {
  for (const std::string_view word : kTrueWords)
    if (equals_ignoring_case(text, word)) return whole(1);
  for (const std::string_view word : kFalseWords)
    if (equals_ignoring_case(text, word)) return whole(0);
  return failed(CellProblem::not_a_boolean);
}

Scalar parse_number(std::string_view text) {
  const auto value = text::parse_double(text);
  if (!value) return failed(CellProblem::not_a_number);
  if (!std::isfinite(*value)) return failed(CellProblem::out_of_range);
  return {0, *value, {}};
}

Scalar parse_whole(std::string_view text) {
  if (const auto value = text::parse_int(text)) return whole(*value);
  const size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
  const size_t digits = digits_at(text, sign);
  if (digits == 0) return failed(CellProblem::not_an_integer);
  const std::string_view rest = text.substr(sign + digits);
  if (rest.empty()) return failed(CellProblem::out_of_range);
  if (rest[0] != '.' || rest.find_first_not_of('0', 1) != std::string_view::npos)
    return failed(CellProblem::not_an_integer);
  const auto value = text::parse_int(text.substr(0, sign + digits));
  return value ? whole(*value) : failed(CellProblem::out_of_range);
}

// "3/4/2007" or "3.4.07": a day and a month, and nothing that says which is which.
bool is_ambiguous_date(std::string_view text) {
  const size_t first = digits_at(text, 0);
  if (first < 1 || first > 2 || first >= text.size()) return false;
  const char separator = text[first];
  if (separator != '/' && separator != '.' && separator != '-') return false;
  const size_t second = digits_at(text, first + 1);
  const size_t year_at = first + second + 2;
  if (second < 1 || second > 2 || year_at > text.size() || text[year_at - 1] != separator) return false;
  const size_t year = digits_at(text, year_at);
  if ((year != 2 && year != 4) || year_at + year != text.size()) return false;
  return *text::parse_int(text.substr(0, first)) <= 12 && *text::parse_int(text.substr(first + 1, second)) <= 12;
}

std::optional<int64_t> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (digits_at(text, 0) != 4 || digits_at(text, 5) != 2 || digits_at(text, 8) != 2) return std::nullopt;
  const CivilDate date{static_cast<int>(*text::parse_int(text.substr(0, 4))),
                       static_cast<unsigned>(*text::parse_int(text.substr(5, 2))),
                       static_cast<unsigned>(*text::parse_int(text.substr(8, 2)))};
  if (!is_valid_civil(date)) return std::nullopt;
  return days_from_civil(date);
}

Scalar parse_date(std::string_view text) {
  if (const auto days = parse_iso_date(text)) return whole(*days);
  return failed(is_ambiguous_date(text) ? CellProblem::ambiguous_date : CellProblem::not_a_date);
}

Scalar parse_timestamp(std::string_view text) {
  // The longest form is 19 characters, a fraction of any length and a zone; longer text is not copied to try.
  constexpr size_t kLongest = 64;
  std::array<char, kLongest + kMidnight.size()> buffer{};
  if (text.size() > kLongest) return failed(CellProblem::not_a_timestamp);
  text.copy(buffer.data(), text.size());
  const auto with_suffix = [&](std::string_view suffix) {
    suffix.copy(buffer.data() + text.size(), suffix.size());
    return parse_rfc3339({buffer.data(), text.size() + suffix.size()});
  };
  const auto days = parse_iso_date(text);
  const auto instant = days ? with_suffix(kMidnight) : text.size() >= 19 ? with_suffix("") : std::nullopt;
  if (instant) return whole(instant->unix_ns);
  if (const auto in_utc = with_suffix("Z")) return whole(in_utc->unix_ns);
  if (days && std::abs(*days) > INT64_MAX / kDayNs) return failed(CellProblem::out_of_range);
  return failed(is_ambiguous_date(text) ? CellProblem::ambiguous_date : CellProblem::not_a_timestamp);
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

Scalar parse_scalar(std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::text: break;
    case ColumnType::boolean: return parse_boolean(text);
    case ColumnType::int64: return parse_whole(text);
    case ColumnType::float64: return parse_number(text);
    case ColumnType::date: return parse_date(text);
    case ColumnType::timestamp: return parse_timestamp(text);
  }
  AML_CHECK(type != ColumnType::text);
  return {};
}

}  // namespace aml::table
