// Cell formats such as `#,##0.00;[Red]-0` and `yyyy-mm-dd`: whether they make a date of a number, and the text that
// Excel displays. Colours, alignment and fills leave no trace in text; names are English.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "excel/serial_date.h"

namespace aml::excel {

struct FormatToken {
  enum class Kind : uint8_t {
    literal,
    digit,  // letter: 0 # ?
    point,
    percent,
    exponent,  // letter: + or -
    slash,
    at,
    general,
    date,       // letter: y m(onth) d h i(minutes) s, count: how often
    elapsed,    // letter: h i s
    subsecond,  // count: digits
    half_day,   // AM/PM or A/P
  };
  Kind kind = Kind::literal;
  char letter = 0;
  uint16_t count = 0;
  std::string text = {};
};

struct FormatCondition {
  enum class Compare : uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };
  Compare compare = Compare::equal;
  double value = 0;
  bool holds(double number) const;
  bool holds_only_negatives() const;
};

struct FormatSection {
  std::vector<FormatToken> tokens;
  std::optional<FormatCondition> condition;
  bool has_thousands = false;
  unsigned thousand_divisions = 0;  // commas behind the last digit
  bool has_half_day = false;

  bool has(FormatToken::Kind kind) const;
  bool is_date() const;
};

class NumberFormat {
 public:
  NumberFormat() : NumberFormat("General") {}
  explicit NumberFormat(std::string_view code);

  // How a number in this format reads as ISO 8601; nothing when it is no date or time.
  std::optional<DateText> date_text() const { return date_text_; }
  std::string displayed(double value, DateSystem system) const;
  std::string displayed(std::string_view text) const;
  bool changes_text() const { return text_section() != nullptr; }

 private:
  const FormatSection& section_for(double value) const;
  const FormatSection* negative_section() const;  // null where no section is for them alone
  const FormatSection* text_section() const;      // null where texts stay as they are

  std::vector<FormatSection> sections_;  // at least one
  std::optional<DateText> date_text_;
};

inline constexpr size_t kFormatCodeBytesMax = 4096;  // longer codes count as General; Excel's limit is 255 characters
// The formats known by number; "General" for a number without a meaning.
std::string_view built_in_format(unsigned id);

std::vector<FormatSection> parse_format_code(std::string_view code);
// `value` is not negative. Sections without a digit give their literals.
std::string render_number(const FormatSection& section, double value);
std::string render_date(const FormatSection& section, double serial, DateSystem system);

}  // namespace aml::excel
