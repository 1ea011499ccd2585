// Which formats a text could be in: cut into numbers, words and what stands between, each number gets the roles its
// neighbours allow, and the orders of day and month follow from the column's order.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "synth/date.h"
#include "synth/token.h"

namespace aml::synth {
namespace {

struct Piece {
  enum class Kind : uint8_t { number, word, other };
  Kind kind = Kind::other;
  std::string_view text;
  std::string role = {};  // the element, once known
};

constexpr size_t kTextMax = 48;
constexpr size_t kPiecesMax = 24;
constexpr std::string_view kSigns = " \t,./-:@'+()_";  // between the parts of a date

std::vector<Piece> cut(std::string_view text) {
  std::vector<Piece> pieces;
  for (size_t at = 0; at < text.size() && pieces.size() <= kPiecesMax;) {
    const CharClass first = class_at(text, at);
    const auto is_letter = [](CharClass c) { return c == kUpper || c == kLower; };
    size_t end = at + char_length(text, at);
    const Piece::Kind kind = first == kDigit    ? Piece::Kind::number
                             : is_letter(first) ? Piece::Kind::word
                                                : Piece::Kind::other;
    while (kind != Piece::Kind::other && end < text.size()) {
      const CharClass next = class_at(text, end);
      if (kind == Piece::Kind::number ? next != kDigit : !is_letter(next)) break;
      end += char_length(text, end);
    }
    pieces.push_back({kind, text.substr(at, end - at)});
    at = end;
  }
  return pieces;
}

std::string quoted(std::string_view text) { return fmt::format("'{}'", text); }

// The role of a word, or "" where it has none.
std::string role_of_word(const std::vector<Piece>& pieces, size_t i) {
  const std::string_view word = pieces[i].text;
  for (const char* role : {"MMMM", "MMM", "dddd", "ddd", "tt"})
    if (DateFormat::parse(role)->read(word)) return role;
  const bool follows_number = i > 0 && pieces[i - 1].kind == Piece::Kind::number;
  if (word == "Z" && i + 1 == pieces.size()) return "z";
  if (word == "T" && follows_number) return quoted(word);
  return "";
}

bool is_role_taken(const std::vector<Piece>& pieces, std::string_view letter) {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return piece.kind != Piece::Kind::other && piece.role.starts_with(letter);
  });
}

bool is_open_number(const Piece& piece) { return piece.kind == Piece::Kind::number && piece.role.empty(); }

// N:N, N:N:N, N:N:N.fff and N tt.
void mark_times(std::vector<Piece>& pieces) {
  const auto is_sign = [&](size_t i, std::string_view sign) { return i < pieces.size() && pieces[i].text == sign; };
  const auto is_short = [&](size_t i) {
    return i < pieces.size() && is_open_number(pieces[i]) && pieces[i].text.size() <= 2;
  };
  const bool has_half = is_role_taken(pieces, "tt");
  for (size_t i = 0; i + 2 < pieces.size(); ++i) {
    if (!is_short(i) || !is_sign(i + 1, ":") || !is_short(i + 2)) continue;
    pieces[i].role = has_half ? 'h' : 'H';
    pieces[i + 2].role = "mm";
    if (is_sign(i + 3, ":") && is_short(i + 4)) {
      pieces[i + 4].role = "ss";
      if (is_sign(i + 5, ".") && i + 6 < pieces.size() && is_open_number(pieces[i + 6])) pieces[i + 6].role = "f";
    }
    return;
  }
  for (size_t i = 0; i < pieces.size() && has_half; ++i) {
    if (!is_short(i)) continue;
    const size_t next = i + 1 < pieces.size() && pieces[i + 1].text == " " ? i + 2 : i + 1;
    if (next >= pieces.size() || pieces[next].role != "tt") continue;
    pieces[i].role = 'h';
    return;
  }
}

// 2nd, 4th: the ending belongs to the number.
void mark_ordinals(std::vector<Piece>& pieces) {
  for (size_t i = 0; i + 1 < pieces.size(); ++i) {
    const std::string both = fmt::format("{}{}", pieces[i].text, pieces[i + 1].text);
    if (!is_open_number(pieces[i]) || !DateFormat::parse("do")->read(both)) continue;
    pieces[i].role = "do";
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

using Roles = std::vector<std::string>;

// What the numbers that are left may be, in their order.
std::vector<Roles> orders_for(const std::vector<size_t>& lengths, bool has_month, bool has_day, DateOrder order) {
  const auto is_year = [&](size_t i) { return lengths[i] == 4; };
  const auto fits = [&](size_t i) { return lengths[i] <= 2; };
  if (lengths.size() == 1) {
    if (lengths[0] == 4 && has_month) return {{"yyyy"}};
    if (lengths[0] <= 2 && has_month && !has_day) return {{"d"}};
    if (lengths[0] == 8 && order == DateOrder::month_first) return {{"yyyyMMdd"}, {"Mddyyyy"}};
    if (lengths[0] == 8) return {{"dMMyyyy"}, {"yyyyMMdd"}};
    if (lengths[0] == 7) return {{order == DateOrder::month_first ? "Mddyyyy" : "dMMyyyy"}};
    if (lengths[0] == 14) return {{"yyyyMMddHHmmss"}};
    if (lengths[0] == 12) return {{"yyyyMMddHHmm"}};
    return {};
  }
  if (lengths.size() == 2 && has_month) {
    if (is_year(1) && fits(0)) return {{"d", "yyyy"}};
    if (is_year(0) && fits(1)) return {{"yyyy", "d"}};
    if (fits(0) && lengths[1] == 2) return {{"d", "yy"}};
    return {};
  }
  if (lengths.size() == 2) {
    if (is_year(0) && lengths[1] == 3) return {{"yyyy", "j"}};
    if (is_year(1) && lengths[0] == 3) return {{"j", "yyyy"}};
    if (is_year(1) && fits(0)) return {{"M", "yyyy"}};
    if (is_year(0) && fits(1)) return {{"yyyy", "M"}};
    if (!fits(0) || !fits(1)) return {};
    if (order == DateOrder::month_first) return {{"M", "d"}};
    return {{"d", "M"}};
  }
  if (lengths.size() != 3 || has_month) return {};
  if (is_year(0) && fits(1) && fits(2)) {
    if (order == DateOrder::year_day_month) return {{"yyyy", "d", "M"}};
    return {{"yyyy", "M", "d"}};
  }
  if (!fits(0) || !fits(1) || !(is_year(2) || lengths[2] == 2)) return {};
  const std::string year = is_year(2) ? "yyyy" : "yy";
  if (order == DateOrder::month_first) return {{"M", "d", year}};
  return {{"d", "M", year}};
}

std::vector<std::string> lone_formats(std::string_view text) {
  switch (text.size()) {
    case 1:
    case 2: return {"M", "H", "d"};
    case 3: return {"Hmm"};
    case 4: return {"yyyy", "Hmm"};
    case 6: return {"HHmmss", "yyMMdd"};
    default: return {};
  }
}

std::string join(const std::vector<Piece>& pieces) {
  std::string format;
  for (const Piece& piece : pieces) {
    if (!piece.role.empty()) format += piece.role;
    else if (piece.text == "'") format += "''";
    else format += piece.text;
  }
  return format;
}

bool is_plain_time(std::string_view text) {
  static const DateFormat kDotted = *DateFormat::parse("H.mm");
  return kDotted.read(text).has_value() && text.size() == 5;
}

}  // namespace

std::vector<std::string> formats_of(std::string_view text, DateOrder order, LoneNumbers lone) {
  if (text.empty() || text.size() > kTextMax) return {};
  std::vector<Piece> pieces = cut(text);
  const auto is_strange = [](const Piece& piece) {
    return piece.kind == Piece::Kind::other && kSigns.find(piece.text) == std::string_view::npos;
  };
  if (pieces.size() > kPiecesMax || std::any_of(pieces.begin(), pieces.end(), is_strange)) return {};
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].kind != Piece::Kind::word) continue;
    pieces[i].role = role_of_word(pieces, i);
    const bool is_ordinal = i > 0 && pieces[i - 1].kind == Piece::Kind::number && pieces[i].text.size() == 2;
    if (pieces[i].role.empty() && !is_ordinal) return {};
  }
  mark_ordinals(pieces);
  mark_times(pieces);
  if (std::any_of(pieces.begin(), pieces.end(),
                  [](const Piece& p) { return p.kind == Piece::Kind::word && p.role.empty(); }))
    return {};

  std::vector<size_t> open;
  std::vector<size_t> lengths;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!is_open_number(pieces[i])) continue;
    open.push_back(i);
    lengths.push_back(pieces[i].text.size());
  }
  std::vector<std::string> formats;
  const auto add = [&](const std::string& format) {
    const auto parsed = DateFormat::parse(format);
    if (parsed && parsed->read(text)) formats.push_back(format);
  };
  const bool has_month = is_role_taken(pieces, "MMM");
  const bool has_time = is_role_taken(pieces, "H") || is_role_taken(pieces, "h");
  if (open.empty()) {
    if (has_month || has_time || is_role_taken(pieces, "ddd")) add(join(pieces));
    return formats;
  }
  for (const Roles& roles : orders_for(lengths, has_month, is_role_taken(pieces, "do"), order)) {
    for (size_t i = 0; i < open.size(); ++i) pieces[open[i]].role = roles[i];
    add(join(pieces));
  }
  if (is_plain_time(text)) add("H.mm");
  if (pieces.size() == 1 && lone == LoneNumbers::yes)
    for (const std::string& format : lone_formats(text)) add(format);
  return formats;
}

}  // namespace aml::synth
