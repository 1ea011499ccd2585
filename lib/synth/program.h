// A learned program: an ordered list of branches, each a guard and pieces put one behind the other. It never changes
// once made, so that workers can share it; program_text.h gives it the form people read and edit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "synth/date.h"
#include "synth/number.h"
#include "synth/region.h"

namespace aml::synth {

// The cells of a row, as many as the program has columns; nothing where a value is missing.
using Row = std::span<const std::optional<std::string_view>>;

struct LiteralPiece {
  std::string text;
};

struct TextPiece {
  Region region;
  LetterCase letter_case = LetterCase::as_is;
};

// number * factor, rounded, written.
struct NumberPiece {
  Region region;
  Decimal factor = {1, 0};
  Rounding rounding = {};
  NumberFormat format = {};
};

struct DatePiece {
  Region region;
  std::vector<DateFormat> inputs;  // the first that reads the text counts
  TimeRounding rounding = {};
  DateFormat output;
};

// Words for words; a text that is not among the keys has no value.
struct LookupPiece {
  Region region;
  std::vector<std::pair<std::string, std::string>> entries;  // sorted by key
};

using Piece = std::variant<LiteralPiece, TextPiece, NumberPiece, DatePiece, LookupPiece>;

// One question about a cell.
struct Test {
  enum class Kind : uint8_t {
    missing,
    empty,
    equals,    // the whole cell is `text`
    contains,  // `pattern` matches somewhere
    starts,    // … at the start
    ends,      // … at the end
    counts,    // exactly `count` matches of `pattern`
    at_least,  // `count` matches of `pattern`, or more
    longer,    // more than `count` characters
    same,      // the cell equals that of column `other`
    includes,  // the cell contains that of column `other`
  };
  Kind kind = Kind::missing;
  size_t column = 0;
  bool is_negated = false;
  Pattern pattern = {};
  std::string text = {};
  int count = 0;
  size_t other = 0;
};

struct Branch {
  std::vector<Test> guard;    // all must hold; empty: always
  bool is_null = false;       // the result is no value
  std::vector<Piece> pieces;  // unless is_null; none: the empty text
};

struct Program {
  std::vector<Branch> branches;
};
inline constexpr int kProgramVersion = 1;

bool holds(const Test& test, Row row);
bool holds(const std::vector<Test>& guard, Row row);

// Which branch a row takes; nothing when no guard holds.
std::optional<size_t> branch_of(const Program& program, Row row);

// Appends what the pieces make of a row. False, with `out` as it was, when one of them has no value there.
bool append_pieces(std::string& out, const std::vector<Piece>& pieces, Row row);

enum class Outcome : uint8_t {
  value,
  null,     // the program says: no value
  outside,  // no guard holds, or a piece has no value: nothing was learned for such a row
};
Outcome run(const Program& program, Row row, std::string& out);

// The result as a cell; rows outside what was learned have none.
std::optional<std::string> run(const Program& program, Row row);

}  // namespace aml::synth
