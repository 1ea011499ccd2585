// A profile for people to read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "table/profile.h"

namespace aml::table {

enum class Glyphs : uint8_t { ascii, blocks };

struct ProfileStyle {
  size_t columns = 80;  // of the terminal
  Glyphs glyphs = Glyphs::ascii;
};

// Lines without line ends. `more` has lines to stand below each column, or nothing at all.
std::vector<std::string> profile_lines(const TableProfile& table, const ProfileStyle& style,
                                       std::span<const std::vector<std::string>> more);

// One character per bin, as high as its count.
std::string sparkline(const std::vector<uint64_t>& counts, Glyphs glyphs);

// "43.92", "4201.8", "1234567", "1.2e-05": five digits, or all of those before the point.
std::string short_number(double value);

// The same for a number of a column of `type`; dates and timestamps are seconds since 1970.
std::string short_value(ColumnType type, double value);

}  // namespace aml::table
