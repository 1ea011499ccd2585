// Recursive descent over the lines of a program; every rule is a function of the same name.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "synth/program_lexer.h"
#include "synth/program_text.h"

namespace aml::synth {
namespace {

class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& columns) : lexer_(text), columns_(columns) {}

  Result<Program> program() {
    TRY(advance());
    Program program;
    bool is_open = true;  // until a branch without guard
    while (true) {
      while (word_.kind == Word::Kind::end_of_line) TRY(advance());
      if (word_.kind == Word::Kind::end) break;
      if (!is_open) return word_.error("nothing can follow a branch without 'when'");
      if (program.branches.size() >= kBranchesMax)
        return word_.error(fmt::format("more than {} branches", kBranchesMax));
      program.branches.push_back(TRY(branch()));
      is_open = !program.branches.back().guard.empty();
      if (word_.kind != Word::Kind::end_of_line && word_.kind != Word::Kind::end)
        return word_.error(fmt::format("unexpected '{}'", word_.text));
    }
    if (program.branches.empty()) return word_.error("the program is empty");
    return program;
  }

 private:
  Status advance() {
    word_ = TRY(lexer_.next());
    return {};
  }

  bool is_sign(std::string_view sign) const { return word_.kind == Word::Kind::sign && word_.text == sign; }
  bool is_name(std::string_view name) const { return word_.kind == Word::Kind::name && word_.text == name; }

  Status expect(std::string_view sign) {
    if (!is_sign(sign)) return word_.error(fmt::format("expected '{}'", sign));
    return advance();
  }

  Result<std::string> name() {
    if (word_.kind != Word::Kind::name) return word_.error("expected a name");
    std::string name = word_.text;
    TRY(advance());
    return name;
  }

  Result<std::string> string() {
    if (word_.kind != Word::Kind::string) return word_.error("expected a text in quotes");
    std::string text = word_.text;
    TRY(advance());
    return text;
  }

  Result<int> integer() {
    int value = 0;
    std::string_view text = word_.text;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (word_.kind != Word::Kind::number || error != std::errc() || end != text.data() + text.size() ||
        std::abs(value) > 1000000)
      return word_.error("expected a whole number");
    TRY(advance());
    return value;
  }

  Result<Decimal> decimal() {
    const auto value = word_.kind == Word::Kind::number ? parse_decimal(word_.text) : std::nullopt;
    if (!value) return word_.error("expected a number");
    TRY(advance());
    return *value;
  }

  // 90s, 15m, 2h
  Result<int> seconds() {
    int value = 0;
    const std::string& text = word_.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const char unit = word_.kind == Word::Kind::number && end + 1 == text.data() + text.size() ? *end : '\0';
    const int factor = unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
    if (error != std::errc() || factor == 0 || value < 0 || value > kSecondsPerDay / factor)
      return word_.error("expected a duration of at most a day, such as 2h, 15m or 30s");
    TRY(advance());
    return value * factor;
  }

  Result<size_t> column() {
    const bool is_column = word_.kind == Word::Kind::column || word_.kind == Word::Kind::name;
    const auto found = is_column ? std::find(columns_.begin(), columns_.end(), word_.text) : columns_.end();
    if (found == columns_.end()) return word_.error(fmt::format("unknown column '{}'", word_.text));
    TRY(advance());
    return static_cast<size_t>(found - columns_.begin());
  }

  Result<Branch> branch() {
    Branch branch;
    if (is_name("when")) {
      do {
        TRY(advance());
        branch.guard.push_back(TRY(test()));
      } while (is_name("and"));
      TRY(expect(":"));
    } else if (is_name("otherwise")) {
      TRY(advance());
      TRY(expect(":"));
    }
    if (is_name("null")) {
      branch.is_null = true;
      TRY(advance());
      return branch;
    }
    branch.pieces.push_back(TRY(piece()));
    while (is_sign("+")) {
      TRY(advance());
      branch.pieces.push_back(TRY(piece()));
    }
    const auto* only = branch.pieces.size() == 1 ? std::get_if<LiteralPiece>(&branch.pieces.front()) : nullptr;
    if (only != nullptr && only->text.empty()) branch.pieces.clear();
    return branch;
  }

  Result<Test> test() {
    Test test;
    if (is_name("not")) {
      test.is_negated = true;
      TRY(advance());
    }
    const Word start = word_;
    const std::string kind = TRY(name());
    TRY(expect("("));
    test.column = TRY(column());
    const auto then_pattern = [&](Test::Kind which) -> Status {
      test.kind = which;
      TRY(expect(","));
      test.pattern = TRY(pattern());
      return {};
    };
    const auto then_count = [&]() -> Status {
      TRY(expect(","));
      test.count = TRY(integer());
      return {};
    };
    if (kind == "missing") test.kind = Test::Kind::missing;
    else if (kind == "empty") test.kind = Test::Kind::empty;
    else if (kind == "contains") TRY(then_pattern(Test::Kind::contains));
    else if (kind == "starts") TRY(then_pattern(Test::Kind::starts));
    else if (kind == "ends") TRY(then_pattern(Test::Kind::ends));
    else if (kind == "counts" || kind == "at_least") {
      TRY(then_pattern(kind == "counts" ? Test::Kind::counts : Test::Kind::at_least));
      TRY(then_count());
    } else if (kind == "longer") {
      test.kind = Test::Kind::longer;
      TRY(then_count());
    } else if (kind == "equals") {
      test.kind = Test::Kind::equals;
      TRY(expect(","));
      test.text = TRY(string());
    } else if (kind == "same" || kind == "includes") {
      test.kind = kind == "same" ? Test::Kind::same : Test::Kind::includes;
      TRY(expect(","));
      test.other = TRY(column());
    } else {
      return start.error(fmt::format("unknown test '{}'", kind));
    }
    TRY(expect(")"));
    return test;
  }

  // A column that has the name of a function is written in brackets.
  Result<Piece> piece() {
    if (word_.kind == Word::Kind::string) return Piece(LiteralPiece{TRY(string())});
    if (word_.kind == Word::Kind::name) {
      if (word_.text == "number") return number();
      if (word_.text == "date") return date();
      if (word_.text == "lookup") return lookup();
      if (const auto letter_case = parse_letter_case(word_.text); letter_case && *letter_case != LetterCase::as_is) {
        TRY(advance());
        TRY(expect("("));
        TextPiece text{TRY(region()), *letter_case};
        TRY(expect(")"));
        return Piece(std::move(text));
      }
    }
    return Piece(TextPiece{TRY(region())});
  }

  Result<Region> region() {
    if (!is_name("slice")) return filtered();
    TRY(advance());
    TRY(expect("("));
    Region region = TRY(filtered());
    TRY(expect(","));
    region.from = TRY(position());
    if (is_relative(region.from.kind))
      return word_.error("a slice cannot begin at a place told from its own beginning");
    TRY(expect(","));
    region.to = TRY(position());
    TRY(expect(")"));
    return region;
  }

  Result<Region> filtered() {
    Region region;
    struct Name {
      std::string_view name;
      Filter::Kind kind;
    };
    constexpr std::array<Name, 7> kNames = {Name{"trim", Filter::Kind::trim},   {"squeeze", Filter::Kind::squeeze},
                                            {"keep", Filter::Kind::keep},       {"drop", Filter::Kind::drop},
                                            {"replace", Filter::Kind::replace}, {"initials", Filter::Kind::initials},
                                            {"ascii", Filter::Kind::ascii}};
    const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const Name& one) { return is_name(one.name); });
    if (found == kNames.end()) {
      region.column = TRY(column());
      return region;
    }
    region.filter.kind = found->kind;
    TRY(advance());
    TRY(expect("("));
    region.column = TRY(column());
    if (found->kind == Filter::Kind::keep || found->kind == Filter::Kind::drop) {
      TRY(expect(","));
      const Word at = word_;
      const Pattern pattern = TRY(this->pattern());
      if (pattern.token >= Token::capitalized)
        return at.error("'keep' and 'drop' take a class of characters or a text");
      region.filter.token = pattern.token;
      region.filter.text = pattern.literal;
    } else if (found->kind == Filter::Kind::replace) {
      TRY(expect(","));
      region.filter.text = TRY(string());
      TRY(expect(","));
      region.filter.with = TRY(string());
    }
    TRY(expect(")"));
    return region;
  }

  Result<Position> position() {
    Position position;
    if (word_.kind == Word::Kind::number) {
      position.kind = word_.text.starts_with('+') ? Position::Kind::plus : Position::Kind::offset;
      position.count = TRY(integer());
      return position;
    }
    const Word start = word_;
    const std::string kind = TRY(name());
    if (kind == "start") return position;
    if (kind == "end") return Position{Position::Kind::end};
    if (kind == "before") position.kind = Position::Kind::before;
    else if (kind == "after") position.kind = Position::Kind::after;
    else if (kind == "edge") position.kind = Position::Kind::edge;
    else if (kind == "next") position.kind = Position::Kind::next;
    else if (kind == "past") position.kind = Position::Kind::past;
    else return start.error(fmt::format("unknown position '{}'", kind));
    TRY(expect("("));
    position.left = TRY(pattern());
    if (position.kind == Position::Kind::edge) {
      TRY(expect(","));
      position.right = TRY(pattern());
    }
    if (!is_relative(position.kind)) {
      TRY(expect(","));
      const Word at = word_;
      position.count = TRY(integer());
      if (position.count == 0) return at.error("places are counted from 1, or from -1 on the right");
    }
    TRY(expect(")"));
    return position;
  }

  Result<Pattern> pattern() {
    const Word start = word_;
    if (word_.kind == Word::Kind::string) {
      Pattern pattern{Token::literal, TRY(string())};
      if (pattern.literal.empty()) return start.error("the text to look for is empty");
      return pattern;
    }
    const auto token = parse_token(TRY(name()));
    if (!token) return start.error(fmt::format("unknown token '{}'", start.text));
    return Pattern{*token};
  }

  Result<Piece> number() {
    TRY(advance());
    TRY(expect("("));
    NumberPiece piece;
    piece.region = TRY(region());
    while (is_sign(",")) {
      TRY(advance());
      TRY(number_option(piece));
    }
    TRY(expect(")"));
    return Piece(std::move(piece));
  }

  Status number_option(NumberPiece& piece) {
    const Word start = word_;
    const std::string option = TRY(name());
    NumberFormat& format = piece.format;
    const auto small = [&]() -> Result<int> {
      const Word at = word_;
      const int value = TRY(integer());
      if (value < 0 || value > 100) return at.error("expected a number from 0 to 100");
      return value;
    };
    if (option == "times") piece.factor = TRY(decimal());
    else if (option == "from") piece.rounding.anchor = TRY(decimal());
    else if (option == "plus") piece.rounding.shift = TRY(decimal());
    else if (option == "digits") format.whole_min = TRY(small());
    else if (option == "significant") format.significant = TRY(small());
    else if (option == "left") format.pad_left = TRY(small());
    else if (option == "right") format.pad_right = TRY(small());
    else if (option == "grouped") format.has_groups = true;
    else if (option == "decimals") {
      format.decimals_min = format.decimals_max = TRY(small());
      if (is_sign("..")) {
        TRY(advance());
        format.decimals_max = word_.kind == Word::Kind::number ? TRY(small()) : NumberFormat::kAllDecimals;
      }
    } else {
      piece.rounding.mode = option == "nearest" ? RoundingMode::nearest
                            : option == "down"  ? RoundingMode::down
                                                : RoundingMode::up;
      if (option != name_of(piece.rounding.mode))
        return start.error(fmt::format("unknown option '{}' of 'number'", option));
      const Word at = word_;
      piece.rounding.unit = TRY(decimal());
      if (piece.rounding.unit.units <= 0) return at.error("the unit to round to must be above 0");
    }
    return {};
  }

  Result<DateFormat> format() {
    const Word start = word_;
    const auto format = DateFormat::parse(TRY(string()));
    if (!format) return start.error(fmt::format("'{}' is not a date format", start.text));
    return *format;
  }

  Result<Piece> date() {
    const Word start = word_;
    TRY(advance());
    TRY(expect("("));
    DatePiece piece;
    piece.region = TRY(region());
    bool has_output = false;
    while (is_sign(",")) {
      TRY(advance());
      if (word_.kind == Word::Kind::string) {
        piece.inputs.push_back(TRY(format()));
        continue;
      }
      const Word option = word_;
      TRY(advance());
      using Mode = TimeRounding::Mode;
      if (option.text == "as") {
        piece.output = TRY(format());
        has_output = true;
      } else if (option.text == "from") {
        piece.rounding.anchor_s = TRY(seconds());
      } else if (option.text == "plus") {
        piece.rounding.shift_s = TRY(seconds());
      } else {
        piece.rounding.mode = option.text == "nearest" ? Mode::nearest : option.text == "down" ? Mode::down : Mode::up;
        if (option.text != name_of(piece.rounding.mode))
          return option.error(fmt::format("unknown option '{}' of 'date'", option.text));
        piece.rounding.unit_s = TRY(seconds());
        if (piece.rounding.unit_s == 0) return option.error("the unit to round to must be above 0");
      }
    }
    TRY(expect(")"));
    if (piece.inputs.empty() || !has_output)
      return start.error("'date' needs a format to read and, behind 'as', one to write");
    return Piece(std::move(piece));
  }

  Result<Piece> lookup() {
    TRY(advance());
    TRY(expect("("));
    LookupPiece piece;
    piece.region = TRY(region());
    while (is_sign(",")) {
      TRY(advance());
      std::string key = TRY(string());
      TRY(expect("=>"));
      std::string value = TRY(string());
      piece.entries.emplace_back(std::move(key), std::move(value));
    }
    TRY(expect(")"));
    std::stable_sort(piece.entries.begin(), piece.entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return Piece(std::move(piece));
  }

  ProgramLexer lexer_;
  const std::vector<std::string>& columns_;
  Word word_;
};

}  // namespace

Result<Program> parse_program(std::string_view text, const std::vector<std::string>& columns) {
  if (text.size() > kProgramBytesMax)
    return Error{ErrorKind::bad_data,
                 fmt::format("1:1: the program has {} bytes, at most {} are read", text.size(), kProgramBytesMax)};
  return Parser(text, columns).program();
}

}  // namespace aml::synth
