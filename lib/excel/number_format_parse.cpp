// The part of excel/number_format.h that reads format codes.
#include <algorithm>
#include <utility>

#include "excel/number_format.h"
#include "text/numbers.h"

namespace aml::excel {
namespace {

using Kind = FormatToken::Kind;
using Compare = FormatCondition::Compare;

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; }

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

size_t run_length(std::string_view text) {
  return std::min(text.size(),
                  static_cast<size_t>(
                      std::find_if(text.begin(), text.end(), [&](char byte) { return lower(byte) != lower(text[0]); }) -
                      text.begin()));
}

// Bytes of the UTF-8 character at the start.
size_t character_bytes(std::string_view text) {
  size_t bytes = 1;
  while (bytes < text.size() && (static_cast<uint8_t>(text[bytes]) & 0xc0) == 0x80) ++bytes;
  return bytes;
}

class Parser {
 public:
  explicit Parser(std::string_view code) : rest_(code) {}

  std::vector<FormatSection> parse() {
    while (!rest_.empty()) {
      if (rest_[0] == ';') {
        rest_.remove_prefix(1);
        sections_.push_back(finish_section());
        continue;
      }
      parse_token();
    }
    sections_.push_back(finish_section());
    if (sections_.size() > kSectionsMax) sections_.resize(kSectionsMax);
    return std::move(sections_);
  }

 private:
  static constexpr size_t kSectionsMax = 4;

  void add(Kind kind, char letter = 0, size_t count = 0) {
    section_.tokens.push_back({kind, letter, static_cast<uint16_t>(count), {}});
  }

  void add_literal(std::string_view text) {
    if (section_.tokens.empty() || section_.tokens.back().kind != Kind::literal) add(Kind::literal);
    section_.tokens.back().text.append(text);
  }

  std::string_view take(size_t bytes) {
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void parse_token() {
    switch (lower(rest_[0])) {
      case '"': return parse_quoted();
      case '\\': take(1); return add_literal(take(rest_.empty() ? 0 : character_bytes(rest_)));
      case '_':  // as wide as the next character
        take(1);
        take(rest_.empty() ? 0 : character_bytes(rest_));
        return add_literal(" ");
      case '*':  // fills the cell with the next character
        take(1);
        take(rest_.empty() ? 0 : character_bytes(rest_));
        return;
      case '[': return parse_bracket();
      case '0':
      case '#':
      case '?': return add(Kind::digit, take(1)[0]);
      case '.': return parse_point();
      case ',': return parse_comma();
      case '%': take(1); return add(Kind::percent);
      case '@': take(1); return add(Kind::at);
      case '/': take(1); return section_.has(Kind::digit) ? add(Kind::slash) : add_literal("/");
      case 'e':
      case 'g':
      case 'a': return parse_word();
      case 'y':
      case 'm':
      case 'd':
      case 'h':
      case 's': return parse_date();
      default: return add_literal(take(character_bytes(rest_)));
    }
  }

  void parse_quoted() {
    take(1);
    const size_t end = std::min(rest_.find('"'), rest_.size());
    add_literal(take(end));
    take(1);
  }

  void parse_point() {
    take(1);
    const size_t zeros = !rest_.empty() && rest_[0] == '0' ? run_length(rest_) : 0;
    const bool is_behind_seconds =
        std::any_of(section_.tokens.begin(), section_.tokens.end(), [](const FormatToken& token) {
          return (token.kind == Kind::date || token.kind == Kind::elapsed) && token.letter == 's';
        });
    if (!is_behind_seconds || zeros == 0) return add(Kind::point);
    take(zeros);
    add(Kind::subsecond, 0, std::min<size_t>(zeros, 3));
  }

  // Between digits: thousands. Behind the last digit: the number is divided by 1000.
  void parse_comma() {
    const size_t count = run_length(rest_);
    take(count);
    const bool is_number = section_.has(Kind::digit);
    if (!is_number) return add_literal(",");
    const bool digit_follows = !rest_.empty() && (rest_[0] == '0' || rest_[0] == '#' || rest_[0] == '?');
    if (digit_follows) section_.has_thousands = true;
    else section_.thousand_divisions += static_cast<unsigned>(count);
  }

  // E+ and E-, General, AM/PM, A/P; e alone is a year, as in East Asian formats.
  void parse_word() {
    if (starts_with_word(rest_, "General")) {
      take(7);
      add(Kind::general);
    } else if (starts_with_word(rest_, "AM/PM") || starts_with_word(rest_, "A/P")) {
      add(Kind::half_day);
      section_.tokens.back().text = take(starts_with_word(rest_, "AM/PM") ? 5 : 3);
      section_.has_half_day = true;
    } else if (rest_.starts_with("E+") || rest_.starts_with("E-") || rest_.starts_with("e+") ||
               rest_.starts_with("e-")) {
      add(Kind::exponent, take(2)[1]);
    } else if (lower(rest_[0]) == 'e') {
      take(run_length(rest_));
      add(Kind::date, 'y', 4);
    } else {
      add_literal(take(1));
    }
  }

  void parse_date() {
    const size_t count = run_length(rest_);
    const char letter = lower(rest_[0]);
    take(count);
    add(Kind::date, letter, std::min<size_t>(count, 5));
  }

  // [h], [Red], [$€-407], [>=100]
  void parse_bracket() {
    const size_t end = rest_.find(']');
    if (end == std::string_view::npos) return add_literal(take(1));
    const std::string_view inside = take(end + 1).substr(1, end - 1);
    if (inside.empty()) return;
    const char letter = lower(inside[0]);
    if ((letter == 'h' || letter == 'm' || letter == 's') && run_length(inside) == inside.size()) {
      add(Kind::elapsed, letter == 'm' ? 'i' : letter, inside.size());
    } else if (starts_with_word(inside, "$-F800")) {
      rest_ = "dddd, mmmm d, yyyy";  // the long date of the system, whatever stands behind
    } else if (letter == '$') {
      add_literal(inside.substr(1, std::min(inside.find('-'), inside.size()) - 1));
    } else if (letter == '<' || letter == '>' || letter == '=') {
      parse_condition(inside);
    }
  }

  void parse_condition(std::string_view inside) {
    constexpr struct {
      std::string_view sign;
      Compare compare;
    } kSigns[] = {{"<=", Compare::less_equal}, {">=", Compare::greater_equal}, {"<>", Compare::not_equal},
                  {"<", Compare::less},        {">", Compare::greater},        {"=", Compare::equal}};
    for (const auto& sign : kSigns) {
      if (!inside.starts_with(sign.sign)) continue;
      if (const auto value = text::parse_double(inside.substr(sign.sign.size())))
        section_.condition = FormatCondition{sign.compare, *value};
      return;
    }
  }

  // An m behind hours or before seconds means minutes.
  void resolve_minutes() {
    const auto is_timed = [](const FormatToken& token) {
      return token.kind == Kind::date || token.kind == Kind::elapsed;
    };
    char before = 0;
    for (size_t i = 0; i < section_.tokens.size(); ++i) {
      FormatToken& token = section_.tokens[i];
      if (!is_timed(token)) continue;
      if (token.kind == Kind::date && token.letter == 'm' && token.count <= 2) {
        const auto next =
            std::find_if(section_.tokens.begin() + static_cast<ptrdiff_t>(i) + 1, section_.tokens.end(), is_timed);
        if (before == 'h' || (next != section_.tokens.end() && next->letter == 's')) token.letter = 'i';
      }
      before = token.letter;
    }
  }

  FormatSection finish_section() {
    resolve_minutes();
    return std::exchange(section_, FormatSection());
  }

  std::string_view rest_;
  FormatSection section_;
  std::vector<FormatSection> sections_;
};

}  // namespace

std::vector<FormatSection> parse_format_code(std::string_view code) {
  return Parser(code.empty() ? "General" : code).parse();
}

}  // namespace aml::excel
