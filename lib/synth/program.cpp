#include "synth/program.h"

#include <algorithm>

namespace aml::synth {
namespace {

// The slice of a region in a row. Filtered text lives in `scratch`.
std::optional<std::string_view> slice_of(const Region& region, Row row, std::string& scratch) {
  const auto& cell = row[region.column];
  if (!cell) return std::nullopt;
  if (region.filter.kind == Filter::Kind::none) return slice(region, *cell);
  scratch.clear();
  append_filtered(scratch, region.filter, *cell);
  return slice(region, scratch);
}

bool append_number(std::string& out, const NumberPiece& piece, std::string_view text) {
  const auto value = parse_decimal(text);
  if (!value) return false;
  const auto scaled = multiply(*value, piece.factor);
  if (!scaled) return false;
  const auto rounded = round(*scaled, piece.rounding);
  if (!rounded) return false;
  append_formatted(out, *rounded, piece.format);
  return true;
}

bool append_date(std::string& out, const DatePiece& piece, std::string_view text) {
  for (const DateFormat& format : piece.inputs)
    if (const auto value = format.read(text)) return piece.output.append(out, round(*value, piece.rounding));
  return false;
}

bool append_lookup(std::string& out, const LookupPiece& piece, std::string_view text) {
  const auto found = std::lower_bound(piece.entries.begin(), piece.entries.end(), text,
                                      [](const auto& entry, std::string_view key) { return entry.first < key; });
  if (found == piece.entries.end() || found->first != text) return false;
  out.append(found->second);
  return true;
}

bool append_piece(std::string& out, const Piece& piece, Row row) {
  if (const auto* literal = std::get_if<LiteralPiece>(&piece)) {
    out.append(literal->text);
    return true;
  }
  const auto with_slice = [&](const Region& region, auto&& append) {
    std::string scratch;
    const auto text = slice_of(region, row, scratch);
    return text && append(*text);
  };
  if (const auto* text = std::get_if<TextPiece>(&piece))
    return with_slice(text->region, [&](std::string_view part) {
      append_cased(out, text->letter_case, part);
      return true;
    });
  if (const auto* number = std::get_if<NumberPiece>(&piece))
    return with_slice(number->region, [&](std::string_view part) { return append_number(out, *number, part); });
  if (const auto* date = std::get_if<DatePiece>(&piece))
    return with_slice(date->region, [&](std::string_view part) { return append_date(out, *date, part); });
  const auto& lookup = std::get<LookupPiece>(piece);
  return with_slice(lookup.region, [&](std::string_view part) { return append_lookup(out, lookup, part); });
}

int count_matches(const Pattern& pattern, std::string_view text) {
  int count = 0;
  for (auto match = find_match(pattern, text, 0); match; match = find_match(pattern, text, match->end)) ++count;
  return count;
}

bool ends_with(const Pattern& pattern, std::string_view text) {
  if (pattern.token == Token::literal) return text.ends_with(pattern.literal);
  const auto last = find_nth(pattern, text, -1);
  return last && last->end == text.size();
}

bool holds_for_text(const Test& test, std::string_view text, Row row) {
  switch (test.kind) {
    case Test::Kind::missing: return false;
    case Test::Kind::empty: return text.empty();
    case Test::Kind::equals: return text == test.text;
    case Test::Kind::contains: return find_match(test.pattern, text, 0).has_value();
    case Test::Kind::starts: {
      const auto first = find_match(test.pattern, text, 0);
      return first && first->begin == 0;
    }
    case Test::Kind::ends: return ends_with(test.pattern, text);
    case Test::Kind::counts: return count_matches(test.pattern, text) == test.count;
    case Test::Kind::at_least: return count_matches(test.pattern, text) >= test.count;
    case Test::Kind::longer: return count_chars(text) > static_cast<size_t>(test.count);
    case Test::Kind::same: return row[test.other] && *row[test.other] == text;
    case Test::Kind::includes: return row[test.other] && text.find(*row[test.other]) != std::string_view::npos;
  }
  return false;
}

}  // namespace

bool holds(const Test& test, Row row) {
  const auto& cell = row[test.column];
  const bool does_hold = cell ? holds_for_text(test, *cell, row) : test.kind == Test::Kind::missing;
  if (!cell && test.kind != Test::Kind::missing) return false;  // nothing is known of a missing cell, negated or not
  return does_hold != test.is_negated;
}

bool holds(const std::vector<Test>& guard, Row row) {
  return std::all_of(guard.begin(), guard.end(), [row](const Test& test) { return holds(test, row); });
}

std::optional<size_t> branch_of(const Program& program, Row row) {
  for (size_t i = 0; i < program.branches.size(); ++i)
    if (holds(program.branches[i].guard, row)) return i;
  return std::nullopt;
}

bool append_pieces(std::string& out, const std::vector<Piece>& pieces, Row row) {
  const size_t before = out.size();
  for (const Piece& piece : pieces) {
    if (append_piece(out, piece, row)) continue;
    out.resize(before);
    return false;
  }
  return true;
}

Outcome run(const Program& program, Row row, std::string& out) {
  const auto branch = branch_of(program, row);
  if (!branch) return Outcome::outside;
  if (program.branches[*branch].is_null) return Outcome::null;
  return append_pieces(out, program.branches[*branch].pieces, row) ? Outcome::value : Outcome::outside;
}

std::optional<std::string> run(const Program& program, Row row) {
  std::string out;
  if (run(program, row, out) != Outcome::value) return std::nullopt;
  return out;
}

}  // namespace aml::synth
