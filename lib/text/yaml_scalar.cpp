#include "text/yaml_scalar.h"

#include <algorithm>
#include <array>

#include "text/json.h"
#include "text/unicode.h"

namespace aml::text {
namespace {

bool is_alphanumeric(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); }

// Words that YAML's schemas, old and new, read as something else than text.
bool is_reserved(std::string_view text) {
  constexpr std::array<std::string_view, 10> kWords = {"true", "false", "null", "yes", "no",
                                                       "on",   "off",   "y",    "n",   "nan"};
  std::string lower(text);
  for (char& c : lower)
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// Letters, digits, and between them spaces and signs that mean nothing in the middle of a plain scalar.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_alphanumeric(text.front()) || text.back() == ' ') return false;
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  if (is_digit(text.front())) return false;  // numbers, dates and what else begins like them
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view(" _-.()/+%").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  if (is_plain(text) && !is_reserved(text)) return std::string(text);
  std::string quoted;
  append_json_string(quoted, text);
  return quoted;
}

bool can_be_yaml_key(std::string_view text) {
  constexpr size_t kKeyMax = 1024;  // YAML 1.2.2, 7.4.2: of an implicit key, quotes and escapes included
  return is_utf8(text) && yaml_scalar(text).size() < kKeyMax;
}

}  // namespace aml::text
