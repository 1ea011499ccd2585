// Numbers written with a decimal comma, as numbers with a point.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "table/reader.h"

namespace aml::source {

// "1.234,5" as "1234.5": an optional sign, digits, in groups of three by points if there are points at all, a comma
// with digits behind it and an exponent, as far as they are there. Nothing for any other text, and for digits alone.
std::optional<std::string> with_decimal_point(std::string_view text);

// Every text cell that with_decimal_point knows is rewritten; the others pass as they are.
std::unique_ptr<table::Reader> read_decimal_commas(std::unique_ptr<table::Reader> reader);

}  // namespace aml::source
