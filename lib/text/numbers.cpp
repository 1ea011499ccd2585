#include "text/numbers.h"

#include <array>
#include <charconv>
#include <cmath>

namespace aml::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// from_chars knows no '+', and would take "+-1" once the '+' is gone.
bool strip_plus(std::string_view& text) {
  if (text.empty() || text[0] != '+') return !text.empty();
  text.remove_prefix(1);
  return !text.empty() && text[0] != '-' && text[0] != '+';
}

size_t skip_digits(std::string_view text, size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

}  // namespace

std::optional<int64_t> parse_int(std::string_view text) {
  if (!strip_plus(text)) return std::nullopt;
  int64_t value = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error != std::errc() || end != last) return std::nullopt;
  return value;
}

std::optional<double> parse_double(std::string_view text) {
  if (!strip_plus(text)) return std::nullopt;
  const char first = text[0] == '-' && text.size() > 1 ? text[1] : text[0];
  if (!is_digit(first) && first != '.') return std::nullopt;  // keeps out "nan" and "inf"
  double value = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (end != last || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // from_chars leaves the value alone; too small rounds to zero, too large to infinity, as IEEE 754 says.
    const size_t exponent = text.find_first_of("eE");
    const bool is_tiny =
        exponent != std::string_view::npos ? text[exponent + 1] == '-' : text.find('.') <= 1 + (text[0] == '-');
    value = is_tiny ? 0.0 : HUGE_VAL;
    if (text[0] == '-') value = -value;
  }
  return value;
}

std::string format_number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

void append_number(std::string& out, double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  if (std::isnan(value)) out.append("nan");
  else out.append(buffer.data(), end);
}

void append_number(std::string& out, int64_t value) {
  std::array<char, 24> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end);
}

bool is_json_number(std::string_view text) {
  size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  const size_t whole = at;
  at = skip_digits(text, at);
  if (at == whole || (text[whole] == '0' && at > whole + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    const size_t fraction = ++at;
    at = skip_digits(text, at);
    if (at == fraction) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const size_t exponent = at;
    at = skip_digits(text, at);
    if (at == exponent) return false;
  }
  return at == text.size() && !text.empty();
}

}  // namespace aml::text
