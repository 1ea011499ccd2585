// Numbers as text and back, in the "C" locale, exact in both directions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml::text {

// Whole text or nothing; an optional leading '+' or '-' is accepted, spaces and words are not.
std::optional<int64_t> parse_int(std::string_view text);
std::optional<double> parse_double(std::string_view text);  // decimal or exponent form; no "nan", no "inf", no hex

// Shortest text that reads back as the same double: "0.1", "1e+300", "3" (never "3.0"), "nan", "inf", "-inf".
std::string format_number(double value);
void append_number(std::string& out, double value);
void append_number(std::string& out, int64_t value);

// True when the whole text is a number by JSON's grammar: no leading zeros, no '+', a digit on both sides of '.'.
bool is_json_number(std::string_view text);

}  // namespace aml::text
