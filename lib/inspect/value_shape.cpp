#include "inspect/value_shape.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "text/numbers.h"

namespace aml::inspect {
namespace {

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_letter(char c) { return ('a' <= (c | 0x20) && (c | 0x20) <= 'z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

// Takes 1 to `most` digits off the front and says how many.
size_t take_digits(std::string_view& text, size_t most) {
  size_t count = 0;
  while (count < most && count < text.size() && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count;
}

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

// A name in full or cut to three letters ("sept" too).
bool is_name_of(std::string_view word, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [word](std::string_view name) {
    return word == name || word == name.substr(0, 3) || (word == "sept" && name == "september");
  });
}

// 3/1/92, 2024-01-31, 31.1.2024, and whatever stands behind a space or a T.
bool is_numeric_date(std::string_view value) {
  if (take_digits(value, 4) == 0 || value.empty()) return false;
  const char separator = value[0];
  if (separator != '/' && separator != '-' && separator != '.') return false;
  value.remove_prefix(1);
  if (const size_t middle = take_digits(value, 2); middle == 0 || value.empty() || value[0] != separator) return false;
  value.remove_prefix(1);
  if (take_digits(value, 4) == 0) return false;
  return value.empty() || value[0] == ' ' || value[0] == 'T';
}

bool is_time_of_day(std::string_view value) {
  if (const size_t hours = take_digits(value, 2); hours == 0 || value.empty() || value[0] != ':') return false;
  value.remove_prefix(1);
  if (take_digits(value, 2) != 2) return false;
  if (!value.empty() && value[0] == ':') {
    value.remove_prefix(1);
    if (take_digits(value, 2) != 2) return false;
  }
  if (!value.empty() && value[0] == '.') {
    value.remove_prefix(1);
    if (take_digits(value, 9) == 0) return false;
  }
  if (!value.empty() && value[0] == ' ') value.remove_prefix(1);
  const std::string rest = lower(value);
  return rest.empty() || rest == "am" || rest == "pm" || rest == "z";
}

// A month's name and a digit: "5 January 2011", "Jan-11".
bool is_date_in_words(std::string_view value) {
  constexpr size_t kDateMax = 40;
  if (value.size() > kDateMax || std::none_of(value.begin(), value.end(), is_digit)) return false;
  const std::string text = lower(value);
  for (size_t begin = 0; begin < text.size();) {
    if (!is_letter(text[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (is_name_of(std::string_view(text).substr(begin, end - begin), kMonths)) return true;
    begin = end;
  }
  return false;
}

}  // namespace

bool is_plain_number(std::string_view value) { return text::parse_double(value).has_value(); }

bool is_plain_integer(std::string_view value) {
  if (!value.empty() && (value[0] == '-' || value[0] == '+')) value.remove_prefix(1);
  return !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
}

bool is_number_with_unit(std::string_view value) {
  constexpr size_t kAroundMax = 6;  // bytes of unit or currency on a side
  if (is_plain_number(value)) return false;
  const auto is_part = [](char c) { return is_digit(c) || c == ',' || c == '.' || c == ' ' || c == '\''; };
  size_t begin = 0;
  while (begin < value.size() && !is_digit(value[begin])) ++begin;
  size_t end = begin;
  while (end < value.size() && is_part(value[end])) ++end;
  const std::string_view before = value.substr(0, begin);
  std::string_view behind = value.substr(end);
  if (begin == value.size() || before.size() > kAroundMax || behind.size() > kAroundMax) return false;
  return std::none_of(behind.begin(), behind.end(), is_digit) && before.find('/') == std::string_view::npos &&
         behind.find('/') != 0 && behind.find(':') != 0 && behind.find('-') != 0;
}

bool looks_like_date(std::string_view value) {
  return is_numeric_date(value) || is_time_of_day(value) || is_date_in_words(value);
}

bool looks_like_compact_date(std::string_view value) {
  if (value.size() != 6 && value.size() != 8 && value.size() != 14) return false;
  if (!std::all_of(value.begin(), value.end(), is_digit)) return false;
  if (!value.starts_with("19") && !value.starts_with("20")) return false;
  const int month = (value[4] - '0') * 10 + (value[5] - '0');
  const int day = value.size() == 6 ? 1 : (value[6] - '0') * 10 + (value[7] - '0');
  return 1 <= month && month <= 12 && 1 <= day && day <= 31;
}

bool is_year(std::string_view value) {
  return value.size() == 4 && std::all_of(value.begin(), value.end(), is_digit) &&
         (value.starts_with("18") || value.starts_with("19") || value.starts_with("20"));
}

bool is_month_or_weekday(std::string_view value) {
  const std::string word = lower(value);
  return is_name_of(word, kMonths) || is_name_of(word, kDays);
}

bool is_url(std::string_view value) {
  const std::string text = lower(value);
  if (text.find(' ') != std::string::npos) return false;
  for (const std::string_view start : {"http://", "https://", "ftp://", "www."})
    if (text.starts_with(start)) return true;
  const std::string host = text.substr(0, text.find('/'));
  if (host.find('@') != std::string::npos) return false;
  const auto ends_host = [&host](std::string_view end) { return host.size() > end.size() && host.ends_with(end); };
  return ends_host(".com") || ends_host(".org") || ends_host(".net") || ends_host(".edu") || ends_host(".gov");
}

bool is_email(std::string_view value) {
  const size_t at = value.find('@');
  if (at == 0 || at == std::string_view::npos || value.find('@', at + 1) != std::string_view::npos) return false;
  const size_t dot = value.rfind('.');
  return dot != std::string_view::npos && dot > at + 1 && dot + 2 < value.size() &&
         value.find_first_of(" \t,;()<>") == std::string_view::npos;
}

bool is_hex_id(std::string_view value) {
  const auto is_hex = [](char c) { return is_digit(c) || ('a' <= (c | 0x20) && (c | 0x20) <= 'f'); };
  const auto is_allowed = [&](char c) { return is_hex(c) || c == '-'; };
  return value.size() >= 8 && is_hex(value[0]) && std::all_of(value.begin(), value.end(), is_allowed) &&
         std::any_of(value.begin(), value.end(), is_letter) && std::any_of(value.begin(), value.end(), is_digit);
}

bool is_bracketed(std::string_view value) {
  if (value.size() < 2) return false;
  const char first = value.front(), last = value.back();
  return (first == '[' && last == ']') || (first == '{' && last == '}') || (first == '(' && last == ')');
}

bool has_sentence_end(std::string_view value) {
  for (size_t i = 1; i < value.size(); ++i)
    if ((value[i] == '.' || value[i] == '!' || value[i] == '?') && is_letter(value[i - 1]) &&
        (i + 1 == value.size() || is_space(value[i + 1])))
      return true;
  return false;
}

bool has_leading_zero(std::string_view value) {
  return value.size() > 1 && value[0] == '0' && std::all_of(value.begin(), value.end(), is_digit);
}

size_t count_words(std::string_view value) {
  size_t words = 0;
  bool was_space = true;
  for (const char c : value) {
    if (!is_space(c) && was_space) ++words;
    was_space = is_space(c);
  }
  return words;
}

size_t count_any(std::string_view value, std::string_view characters) {
  return static_cast<size_t>(std::count_if(
      value.begin(), value.end(), [characters](char c) { return characters.find(c) != std::string_view::npos; }));
}

}  // namespace aml::inspect
