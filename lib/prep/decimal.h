// Decimal numbers as text, so that rounding is the one of the digits a person reads: 2.675 to two places is 2.68,
// although the nearest double lies below.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace aml::prep {

// `number` (digits with an optional sign, point and exponent) with exactly `places` digits behind the point, halves
// away from zero; negative places round to tens, hundreds and so on. Nothing if it would be longer than 1000 digits.
std::optional<std::string> round_decimal(std::string_view number, int places);

}  // namespace aml::prep
