// Numbers as people write them: exact decimals, what is done to them, and how they are written again. No double is
// involved, so 0.1 + 0.2 and ids of twenty digits stay what they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aml::synth {

__extension__ typedef __int128 Int128;

// units * 10^-scale; |units| < 10^30, 0 <= scale <= 30.
struct Decimal {
  Int128 units = 0;
  int scale = 0;
};

// Sign, digits with groups of three, decimals, exponent: "-1,234.50", "5.58E-001", ".5". The whole text or nothing.
std::optional<Decimal> parse_decimal(std::string_view text);
std::string to_text(const Decimal& value);  // shortest: "-0.5", "1200"
Decimal normalized(Decimal value);          // without trailing zeros behind the point
// A power of ten moves the point and keeps the digits: 20.20 * 0.1 is 2.020.
std::optional<Decimal> multiply(const Decimal& value, const Decimal& factor);
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
int compare(const Decimal& a, const Decimal& b);  // < 0, 0, > 0
inline bool is_zero(const Decimal& value) { return value.units == 0; }

// Nearest means halves away from zero.
enum class RoundingMode : uint8_t { none, nearest, down, up };
std::string_view name_of(RoundingMode mode);

// To a multiple of `unit` counted from `anchor`, then moved by `shift`: bins are rounded down, their upper ends are the
// same with a shift.
struct Rounding {
  RoundingMode mode = RoundingMode::none;
  Decimal unit = {1, 0};
  Decimal anchor = {};
  Decimal shift = {};
};
std::optional<Decimal> round(const Decimal& value, const Rounding& rounding);

// "00123", "1,234.50", "  1.2 ".
struct NumberFormat {
  static constexpr int kAllDecimals = 30;
  int decimals_min = 0;             // zeros are added up to here
  int decimals_max = kAllDecimals;  // rounded half away from zero beyond; all: those there are, zeros included
  int significant = 0;              // unless 0, rounded to so many digits from the first that is not zero
  int whole_min = 1;                // zeros are put in front up to here; 0 leaves out the zero of ".5"
  int pad_left = 0;                 // blanks in front until the part before the point is this wide
  int pad_right =
      0;  // blanks behind until what follows the whole part is this wide, the point, then always written, included
  bool has_groups = false;
};
void append_formatted(std::string& out, Decimal value, const NumberFormat& format);

}  // namespace aml::synth
