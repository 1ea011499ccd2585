#include "excel/number_format.h"

#include <algorithm>
#include <cmath>

#include "excel/decimal_digits.h"

namespace aml::excel {
namespace {

using Kind = FormatToken::Kind;

std::optional<DateText> classify_section(const FormatSection& section) {
  bool has_date = false;
  bool has_time = section.has_half_day;
  for (const FormatToken& token : section.tokens) {
    if (token.kind == Kind::elapsed) return DateText::elapsed;
    if (token.kind != Kind::date) continue;
    const bool is_time = token.letter == 'h' || token.letter == 'i' || token.letter == 's';
    (is_time ? has_time : has_date) = true;
  }
  if (has_date) return has_time ? DateText::date_time : DateText::date;
  if (has_time) return DateText::time;
  return std::nullopt;
}

}  // namespace

bool FormatCondition::holds(double number) const {
  switch (compare) {
    case Compare::less: return number < value;
    case Compare::less_equal: return number <= value;
    case Compare::equal: return number == value;
    case Compare::not_equal: return number != value;
    case Compare::greater_equal: return number >= value;
    case Compare::greater: return number > value;
  }
  return false;
}

bool FormatCondition::holds_only_negatives() const {
  return (compare == Compare::less && value <= 0) || (compare == Compare::less_equal && value < 0) ||
         (compare == Compare::equal && value < 0);
}

bool FormatSection::has(Kind kind) const {
  return std::any_of(tokens.begin(), tokens.end(), [kind](const FormatToken& token) { return token.kind == kind; });
}

bool FormatSection::is_date() const { return has(Kind::date) || has(Kind::elapsed) || has_half_day; }

NumberFormat::NumberFormat(std::string_view code)
    : sections_(parse_format_code(code.size() > kFormatCodeBytesMax ? "General" : code)),
      date_text_(classify_section(sections_[0])) {}

// Without conditions: positive; negative; zero; text.
const FormatSection& NumberFormat::section_for(double value) const {
  const size_t numeric = std::min<size_t>(sections_.size(), 3);
  const bool has_conditions = sections_[0].condition || (numeric > 1 && sections_[1].condition);
  if (!has_conditions) {
    if (numeric > 1 && value < 0) return sections_[1];
    if (numeric > 2 && value == 0) return sections_[2];
    return sections_[0];
  }
  const auto fits = [&](const FormatSection& section, bool otherwise) {
    return section.condition ? section.condition->holds(value) : otherwise;
  };
  if (fits(sections_[0], value > 0)) return sections_[0];
  if (numeric == 2 || (numeric > 2 && fits(sections_[1], value < 0))) return sections_[1];
  return sections_[numeric - 1];
}

// The second section where no conditions are written.
const FormatSection* NumberFormat::negative_section() const {
  return sections_.size() > 1 && !sections_[0].condition && !sections_[1].condition ? &sections_[1] : nullptr;
}

std::string NumberFormat::displayed(double value, DateSystem system) const {
  if (!std::isfinite(value)) return general_text(0);
  const FormatSection& section = section_for(value);
  if (section.is_date()) return render_date(section, value, system);
  if (section.tokens.size() == 1 && section.has(Kind::at)) return general_text(value);
  // A section for nothing but negative numbers says itself how it marks them.
  const bool is_for_negatives =
      section.condition ? section.condition->holds_only_negatives() : &section == negative_section();
  const bool has_sign = value < 0 && !is_for_negatives;
  std::string text = render_number(section, std::abs(value));
  if (has_sign) text.insert(text.begin(), '-');
  return text;
}

const FormatSection* NumberFormat::text_section() const {
  if (sections_.size() > 3) return &sections_[3];
  const FormatSection& last = sections_.back();
  const bool is_plain = last.tokens.size() == 1;  // "@" alone
  return last.has(Kind::at) && !is_plain ? &last : nullptr;
}

std::string NumberFormat::displayed(std::string_view text) const {
  const FormatSection* section = text_section();
  if (section == nullptr) return std::string(text);
  std::string out;
  for (const FormatToken& token : section->tokens) {
    if (token.kind == Kind::at || token.kind == Kind::general) out.append(text);
    else if (token.kind == Kind::literal) out.append(token.text);
  }
  return out;
}

std::string_view built_in_format(unsigned id) {
  constexpr std::string_view kFormats[] = {"General",
                                           "0",
                                           "0.00",
                                           "#,##0",
                                           "#,##0.00",
                                           "\"$\"#,##0_);\\(\"$\"#,##0\\)",
                                           "\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)",
                                           "\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)",
                                           "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)",
                                           "0%",
                                           "0.00%",
                                           "0.00E+00",
                                           "# ?/?",
                                           "# ?\?/?\?",
                                           "m/d/yy",
                                           "d-mmm-yy",
                                           "d-mmm",
                                           "mmm-yy",
                                           "h:mm AM/PM",
                                           "h:mm:ss AM/PM",
                                           "h:mm",
                                           "h:mm:ss",
                                           "m/d/yy h:mm"};
  if (id < std::size(kFormats)) return kFormats[id];
  switch (id) {
    case 27:
    case 28:
    case 29:
    case 30:
    case 31:
    case 36:
    case 50:
    case 51:
    case 52:
    case 53:
    case 54:
    case 57:
    case 58: return "m/d/yy";  // East Asian dates
    case 32:
    case 33:
    case 34:
    case 35:
    case 55:
    case 56: return "h:mm:ss";
    case 37: return "#,##0_);\\(#,##0\\)";
    case 38: return "#,##0_);[Red]\\(#,##0\\)";
    case 39: return "#,##0.00_);\\(#,##0.00\\)";
    case 40: return "#,##0.00_);[Red]\\(#,##0.00\\)";
    case 41: return "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)";
    case 42: return "_(\"$\"* #,##0_);_(\"$\"* \\(#,##0\\);_(\"$\"* \"-\"_);_(@_)";
    case 43: return "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)";
    case 44: return "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)";
    case 45: return "mm:ss";
    case 46: return "[h]:mm:ss";
    case 47: return "mm:ss.0";
    case 48: return "##0.0E+0";
    case 49: return "@";
    default: return "General";
  }
}

}  // namespace aml::excel
