#include "synth/program_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace aml::synth {
namespace {

class Printer {
 public:
  explicit Printer(const std::vector<std::string>& columns) : columns_(columns) {}

  std::string run(const Program& program) {
    for (size_t i = 0; i < program.branches.size(); ++i) {
      const Branch& branch = program.branches[i];
      if (!branch.guard.empty()) print_guard(branch.guard);
      else if (i > 0) out_ += "otherwise: ";
      print_result(branch);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  void print_guard(const std::vector<Test>& guard) {
    out_ += "when ";
    for (size_t i = 0; i < guard.size(); ++i) {
      if (i > 0) out_ += " and ";
      print(guard[i]);
    }
    out_ += ": ";
  }

  void print(const Test& test) {
    if (test.is_negated) out_ += "not ";
    const auto call = [&](std::string_view name) {
      out_ += name;
      out_ += '(';
      print_column(test.column);
    };
    switch (test.kind) {
      case Test::Kind::missing: call("missing"); break;
      case Test::Kind::empty: call("empty"); break;
      case Test::Kind::equals:
        call("equals");
        out_ += ", ";
        print_string(test.text);
        break;
      case Test::Kind::contains: print_pattern_test("contains", test); return;
      case Test::Kind::starts: print_pattern_test("starts", test); return;
      case Test::Kind::ends: print_pattern_test("ends", test); return;
      case Test::Kind::counts: print_pattern_test("counts", test); return;
      case Test::Kind::at_least: print_pattern_test("at_least", test); return;
      case Test::Kind::longer:
        call("longer");
        out_ += fmt::format(", {}", test.count);
        break;
      case Test::Kind::same:
      case Test::Kind::includes:
        call(test.kind == Test::Kind::same ? "same" : "includes");
        out_ += ", ";
        print_column(test.other);
        break;
    }
    out_ += ')';
  }

  void print_pattern_test(std::string_view name, const Test& test) {
    out_ += name;
    out_ += '(';
    print_column(test.column);
    out_ += ", ";
    print(test.pattern);
    if (test.kind == Test::Kind::counts || test.kind == Test::Kind::at_least) out_ += fmt::format(", {}", test.count);
    out_ += ')';
  }

  void print_result(const Branch& branch) {
    if (branch.is_null) {
      out_ += "null";
      return;
    }
    if (branch.pieces.empty()) out_ += "\"\"";
    for (size_t i = 0; i < branch.pieces.size(); ++i) {
      if (i > 0) out_ += " + ";
      std::visit([this](const auto& piece) { print(piece); }, branch.pieces[i]);
    }
  }

  void print(const LiteralPiece& piece) { print_string(piece.text); }

  void print(const TextPiece& piece) {
    if (piece.letter_case == LetterCase::as_is) {
      print(piece.region);
      return;
    }
    out_ += name_of(piece.letter_case);
    out_ += '(';
    print(piece.region);
    out_ += ')';
  }

  void print(const NumberPiece& piece) {
    out_ += "number(";
    print(piece.region);
    const auto option = [&](std::string_view name, const Decimal& value) {
      out_ += fmt::format(", {} {}", name, to_text(value));
    };
    if (compare(piece.factor, {1, 0}) != 0) option("times", piece.factor);
    if (piece.rounding.mode != RoundingMode::none) option(name_of(piece.rounding.mode), piece.rounding.unit);
    if (!is_zero(piece.rounding.anchor)) option("from", piece.rounding.anchor);
    if (!is_zero(piece.rounding.shift)) option("plus", piece.rounding.shift);
    const NumberFormat& format = piece.format;
    if (format.whole_min != 1) out_ += fmt::format(", digits {}", format.whole_min);
    if (format.decimals_min != 0 || format.decimals_max != NumberFormat::kAllDecimals) {
      out_ += fmt::format(", decimals {}", format.decimals_min);
      if (format.decimals_max == NumberFormat::kAllDecimals) out_ += "..";
      else if (format.decimals_max != format.decimals_min) out_ += fmt::format("..{}", format.decimals_max);
    }
    if (format.significant != 0) out_ += fmt::format(", significant {}", format.significant);
    if (format.has_groups) out_ += ", grouped";
    if (format.pad_left != 0) out_ += fmt::format(", left {}", format.pad_left);
    if (format.pad_right != 0) out_ += fmt::format(", right {}", format.pad_right);
    out_ += ')';
  }

  void print(const DatePiece& piece) {
    out_ += "date(";
    print(piece.region);
    for (const DateFormat& format : piece.inputs) {
      out_ += ", ";
      print_string(format.text());
    }
    out_ += ", as ";
    print_string(piece.output.text());
    const TimeRounding& rounding = piece.rounding;
    if (rounding.mode != TimeRounding::Mode::none) print_seconds(name_of(rounding.mode), rounding.unit_s);
    if (rounding.anchor_s != 0) print_seconds("from", rounding.anchor_s);
    if (rounding.shift_s != 0) print_seconds("plus", rounding.shift_s);
    out_ += ')';
  }

  void print_seconds(std::string_view name, int seconds) {
    if (seconds % 3600 == 0) out_ += fmt::format(", {} {}h", name, seconds / 3600);
    else if (seconds % 60 == 0) out_ += fmt::format(", {} {}m", name, seconds / 60);
    else out_ += fmt::format(", {} {}s", name, seconds);
  }

  void print(const LookupPiece& piece) {
    out_ += "lookup(";
    print(piece.region);
    for (const auto& [key, value] : piece.entries) {
      out_ += ", ";
      print_string(key);
      out_ += " => ";
      print_string(value);
    }
    out_ += ')';
  }

  void print(const Region& region) {
    const bool is_whole = region.from.kind == Position::Kind::start && region.to.kind == Position::Kind::end;
    if (is_whole) {
      print_filtered(region);
      return;
    }
    out_ += "slice(";
    print_filtered(region);
    out_ += ", ";
    print(region.from);
    out_ += ", ";
    print(region.to);
    out_ += ')';
  }

  void print_filtered(const Region& region) {
    const Filter& filter = region.filter;
    const auto open = [&](std::string_view name) {
      out_ += name;
      out_ += '(';
      print_column(region.column);
    };
    switch (filter.kind) {
      case Filter::Kind::none: print_column(region.column); return;
      case Filter::Kind::trim: open("trim"); break;
      case Filter::Kind::squeeze: open("squeeze"); break;
      case Filter::Kind::initials: open("initials"); break;
      case Filter::Kind::ascii: open("ascii"); break;
      case Filter::Kind::keep:
      case Filter::Kind::drop:
        open(filter.kind == Filter::Kind::keep ? "keep" : "drop");
        out_ += ", ";
        print(Pattern{filter.token, filter.text});
        break;
      case Filter::Kind::replace:
        open("replace");
        out_ += ", ";
        print_string(filter.text);
        out_ += ", ";
        print_string(filter.with);
        break;
    }
    out_ += ')';
  }

  void print(const Position& position) {
    switch (position.kind) {
      case Position::Kind::start: out_ += "start"; return;
      case Position::Kind::end: out_ += "end"; return;
      case Position::Kind::offset: out_ += fmt::format("{}", position.count); return;
      case Position::Kind::plus: out_ += fmt::format("+{}", position.count); return;
      case Position::Kind::before: out_ += "before("; break;
      case Position::Kind::after: out_ += "after("; break;
      case Position::Kind::edge: out_ += "edge("; break;
      case Position::Kind::next: out_ += "next("; break;
      case Position::Kind::past: out_ += "past("; break;
    }
    print(position.left);
    if (position.kind == Position::Kind::edge) {
      out_ += ", ";
      print(position.right);
    }
    if (!is_relative(position.kind)) out_ += fmt::format(", {}", position.count);
    out_ += ')';
  }

  void print(const Pattern& pattern) {
    if (pattern.token == Token::literal) print_string(pattern.literal);
    else out_ += name_of(pattern.token);
  }

  // A plain word stands as it is, any other name in brackets.
  void print_column(size_t column) {
    const std::string& name = columns_[column];
    const auto is_word_char = [](char c) {
      return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool is_word =
        !name.empty() && (name[0] < '0' || name[0] > '9') && std::all_of(name.begin(), name.end(), is_word_char);
    // Words of the language would be read as such.
    constexpr std::array<std::string_view, 18> kReserved = {
        "slice", "trim",   "squeeze", "keep",  "drop",  "replace",  "initials", "ascii", "number",
        "date",  "lookup", "lower",   "upper", "title", "sentence", "swapped",  "null",  "otherwise"};
    if (is_word && std::find(kReserved.begin(), kReserved.end(), name) == kReserved.end()) {
      out_ += name;
      return;
    }
    out_ += '[';
    for (const char c : name) {
      if (c == ']') out_ += ']';
      out_ += c;
    }
    out_ += ']';
  }

  void print_string(std::string_view text) {
    out_ += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out_ += '\\';
      append_escaped(c);
    }
    out_ += '"';
  }

  void append_escaped(char c) {
    if (c == '\n') out_ += "\\n";
    else if (c == '\t') out_ += "\\t";
    else if (c == '\r') out_ += "\\r";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out_ += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    else out_ += c;
  }

  const std::vector<std::string>& columns_;
  std::string out_;
};

}  // namespace

std::string to_text(const Program& program, const std::vector<std::string>& columns) {
  return Printer(columns).run(program);
}

}  // namespace aml::synth
