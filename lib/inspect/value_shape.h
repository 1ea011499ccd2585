// Questions about the look of one value, for telling what kind of column it stands in.
#pragma once

#include <string_view>

namespace aml::inspect {

bool is_plain_number(std::string_view value);  // digits, sign, point, exponent
bool is_plain_integer(std::string_view value);
bool is_number_with_unit(std::string_view value);      // "$1,200.50", "45 kg", "12 %", "1.234,5"; not a plain number
bool looks_like_date(std::string_view value);          // "3/1/92", "2024-01-31T08:00", "14:30", "Jan 5, 2011"
bool looks_like_compact_date(std::string_view value);  // "20240131", "202401"
bool is_year(std::string_view value);                  // "1800" to "2099"
bool is_month_or_weekday(std::string_view value);      // "March", "mon"
bool is_url(std::string_view value);
bool is_email(std::string_view value);
bool is_hex_id(std::string_view value);     // "9f86d081884c7d65", with or without dashes, with a letter
bool is_bracketed(std::string_view value);  // "[1, 2]", "{…}", "(a, b)"
bool has_sentence_end(std::string_view value);
bool has_leading_zero(std::string_view value);  // "007"
size_t count_words(std::string_view value);
size_t count_any(std::string_view value, std::string_view characters);

}  // namespace aml::inspect
