#include "synth/split.h"

#include <algorithm>
#include <array>
#include <map>

#include "synth/date.h"

namespace aml::synth {
namespace {

constexpr size_t kRowsMax = 200;
constexpr std::array<std::string_view, 5> kSideNames = {"any", "digit", "letter", "upper", "edge"};
constexpr uint8_t kLetter = kUpper | kLower;

// A place where a text could be cut.
struct Run {
  size_t begin;
  size_t end;
  Cut cut;
};

bool is_weak(char c) { return std::string_view(".-/_'&+:@#*%").find(c) != std::string_view::npos; }

// Where the date, time or number that begins at `at` ends; `at` when there is none.
size_t end_of_value(std::string_view text, size_t at) {
  if (class_at(text, at) != kDigit) return at;
  if (at > 0 && (class_at(text, at - 1) & (kDigit | kLetter)) != 0) return at;
  for (size_t end = std::min(text.size(), at + 24); end > at + 3; --end) {
    const bool is_word_end = end == text.size() || (class_at(text, end) & (kDigit | kLetter)) == 0;
    if (!is_word_end || (class_at(text, previous_char(text, end)) & (kDigit | kLetter)) == 0) continue;
    const std::string_view part = text.substr(at, end - at);
    const auto blanks = std::count(part.begin(), part.end(), ' ');
    const bool has_blank = blanks > 0;
    const bool ends_in_half = part.ends_with('m') || part.ends_with('M');
    if (blanks > 1 || (has_blank && !ends_in_half)) continue;  // a date and a time are two fields
    if (part.find_first_of(":/-.") == std::string_view::npos && !has_blank) continue;
    if (!formats_of(part, DateOrder::month_first, LoneNumbers::no).empty() ||
        !formats_of(part, DateOrder::day_first, LoneNumbers::no).empty())
      return end;
  }
  const auto number = find_match({Token::number}, text, at);
  if (!number || number->begin != at) return at;
  const bool goes_on =
      number->end + 1 < text.size() && text[number->end] == '.' && class_at(text, number->end + 1) == kDigit;
  const bool came_before = at > 1 && text[at - 1] == '.' && class_at(text, at - 2) == kDigit;
  return goes_on || came_before ? at : number->end;  // 192.168.0.102 is no number
}

Side side_of(std::string_view text, size_t at) {
  const CharClass c = class_at(text, at);
  return c == kDigit ? Side::digit : (c & kLetter) != 0 ? Side::letter : Side::any;
}

// The signs of a separator; the blanks around them do not tell separators apart.
std::string normalized(std::string_view separator) {
  std::string out;
  for (const char c : separator)
    if (c != ' ') out.push_back(c);
  return out.empty() ? " " : out;
}

enum class Signs : bool { strong, all };

bool separates(std::string_view text, size_t at, Signs signs) {
  const CharClass c = class_at(text, at);
  if (c == kSpace) return true;
  if (c != kSymbol) return false;
  if (signs == Signs::all || !is_weak(text[at])) return true;
  // A weak sign separates where it stands alone, a colon also behind a word.
  const auto stands_free = [&](size_t i) { return i < text.size() && (class_at(text, i) & (kDigit | kLetter)) == 0; };
  return (at > 0 && class_at(text, at - 1) == kSpace && stands_free(at + 1)) ||
         (text[at] == ':' && at + 1 < text.size() && class_at(text, at + 1) == kSpace);
}

std::vector<Run> runs_of(std::string_view text, Signs signs) {
  std::vector<Run> runs;
  for (size_t at = 0; at < text.size();) {
    if (const size_t end = end_of_value(text, at); end > at) {
      at = end;
      continue;
    }
    if (!separates(text, at, signs)) {
      at += char_length(text, at);
      continue;
    }
    const size_t begin = at;
    const bool is_sign_of_number =
        text[at] == '-' && at + 1 < text.size() && class_at(text, at + 1) == kDigit && begin == 0;
    while (at < text.size() && separates(text, at, signs)) at += char_length(text, at);
    if (is_sign_of_number) continue;
    const Side left = begin == 0 ? Side::edge : side_of(text, previous_char(text, begin));
    const Side right = at == text.size() ? Side::edge : side_of(text, at);
    runs.push_back({begin, at, {left, normalized(text.substr(begin, at - begin)), right}});
  }
  return runs;
}

// Where letters turn to digits or back, and where a capital begins a word.
std::vector<Run> turns_of(std::string_view text) {
  std::vector<Run> runs;
  for (size_t at = 0; at < text.size();) {
    const size_t next = at + char_length(text, at);
    if (next >= text.size()) break;
    const CharClass here = class_at(text, at);
    const CharClass there = class_at(text, next);
    const bool turns = (here == kDigit && (there & kLetter) != 0) || ((here & kLetter) != 0 && there == kDigit) ||
                       (here == kSymbol && there == kDigit);
    if (turns) runs.push_back({next, next, {side_of(text, at), "", side_of(text, next)}});
    else if (here == kLower && there == kUpper) runs.push_back({next, next, {Side::letter, "", Side::upper}});
    at = next;
  }
  return runs;
}

bool matches(const Cut& cut, const Cut& found) {
  return cut.separator == found.separator && (cut.left == Side::any || cut.left == found.left) &&
         (cut.right == Side::any || cut.right == found.right);
}

// The longest row of cuts that all rows have, in this order: folded over the rows, two at a time.
std::vector<Cut> common(const std::vector<Cut>& a, const std::vector<Cut>& b) {
  std::vector<std::vector<size_t>> best(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = a.size(); i-- > 0;)
    for (size_t j = b.size(); j-- > 0;)
      best[i][j] = a[i] == b[j] ? best[i + 1][j + 1] + 1 : std::max(best[i + 1][j], best[i][j + 1]);
  std::vector<Cut> cuts;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      cuts.push_back(a[i]);
      ++i, ++j;
    } else if (best[i + 1][j] >= best[i][j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return cuts;
}

// The cuts whose number is the same on almost all rows, first as they are, then whatever stands beside them.
using Runs = std::vector<std::vector<Run>>;

std::vector<Cut> steady_cuts(const Runs& rows) {
  std::map<Cut, std::map<size_t, size_t>> counts;  // how many rows have so many
  for (const auto& runs : rows) {
    std::map<Cut, size_t> here;
    for (const Run& run : runs) {
      ++here[run.cut];
      ++here[Cut{Side::any, run.cut.separator, Side::any}];
    }
    for (const auto& [cut, count] : here) ++counts[cut][count];
  }
  std::vector<Cut> steady;
  for (const auto& [cut, rows_with] : counts)
    for (const auto& [count, number] : rows_with)
      if (number * 100 >= rows.size() * 95) steady.push_back(cut);
  return steady;
}

std::optional<std::vector<Cut>> cuts_from(const Runs& rows) {
  const std::vector<Cut> steady = steady_cuts(rows);
  const auto is_sign = [](const Cut& cut) { return cut.separator != " " && !cut.separator.empty(); };
  const bool has_signs = std::any_of(steady.begin(), steady.end(), is_sign);
  const auto is_steady = [&](const Cut& cut) { return std::find(steady.begin(), steady.end(), cut) != steady.end(); };
  std::map<std::vector<Cut>, size_t> sequences;
  for (const auto& runs : rows) {
    std::vector<Cut> cuts;
    for (const Run& run : runs) {
      // Where signs separate, a blank between two words does not.
      if (has_signs && !is_sign(run.cut) && run.cut.left == Side::letter && run.cut.right == Side::letter) continue;
      const Cut plain{Side::any, run.cut.separator, Side::any};
      if (is_steady(plain)) cuts.push_back(plain);
      else if (is_steady(run.cut)) cuts.push_back(run.cut);
      else if (is_sign(run.cut)) cuts.push_back(plain);  // if all rows have it in common
    }
    ++sequences[cuts];
  }
  const auto frequent = std::max_element(sequences.begin(), sequences.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
  if (frequent == sequences.end()) return std::nullopt;
  if (frequent->second * 100 >= rows.size() * 98 && !frequent->first.empty()) return frequent->first;
  std::vector<Cut> cuts;
  bool is_first = true;
  for (const auto& [sequence, count] : sequences) {
    if (count * 100 < rows.size() * (sequence.empty() ? 6 : 1)) continue;  // headings and the odd row
    cuts = is_first ? sequence : common(cuts, sequence);
    is_first = false;
  }
  if (cuts.empty()) return std::nullopt;
  return cuts;
}

// What all rows that have any run have in common, whatever else they have.
std::optional<std::vector<Cut>> shared_cuts(const Runs& rows) {
  std::optional<std::vector<Cut>> cuts;
  for (const auto& runs : rows) {
    std::vector<Cut> here;
    for (const Run& run : runs) here.push_back({Side::any, run.cut.separator, Side::any});
    if (here.empty()) continue;
    cuts = cuts ? common(*cuts, here) : here;
  }
  if (cuts && cuts->empty()) cuts.reset();
  return cuts;
}

// Columns of blanks that all rows share end fields.
std::optional<SplitProgram> fixed_widths(const std::vector<std::string_view>& rows) {
  const size_t length = rows.front().size();
  const auto same = [length](std::string_view row) { return row.size() == length; };
  if (rows.size() < 3 || length < 6 || !std::all_of(rows.begin(), rows.end(), same)) return std::nullopt;
  const auto is_blank = [&](size_t at) {
    return std::all_of(rows.begin(), rows.end(), [at](std::string_view row) { return row[at] == ' '; });
  };
  SplitProgram program;
  size_t begin = 0;
  bool has_text = false;
  for (size_t at = 0; at < length; ++at) {
    const bool blank = is_blank(at);
    if (!blank && at > 0 && is_blank(at - 1) && has_text) {
      program.widths.push_back(at - begin);
      begin = at;
    }
    has_text = has_text || !blank;
  }
  if (program.widths.empty()) return std::nullopt;
  return program;
}

std::vector<Run> all_runs(std::string_view text, const SplitProgram& program) {
  const bool turns =
      std::any_of(program.cuts.begin(), program.cuts.end(), [](const Cut& cut) { return cut.separator.empty(); });
  if (turns) return turns_of(text);
  return runs_of(text, program.cuts_weak_signs ? Signs::all : Signs::strong);
}

}  // namespace

std::string_view name_of(Side side) { return kSideNames[static_cast<size_t>(side)]; }

std::optional<Side> parse_side(std::string_view name) {
  const auto found = std::find(kSideNames.begin(), kSideNames.end(), name);
  if (found == kSideNames.end()) return std::nullopt;
  return static_cast<Side>(found - kSideNames.begin());
}

std::optional<SplitProgram> learn_split(const std::vector<Cell>& rows) {
  std::vector<std::string_view> texts;
  for (const Cell& row : rows)
    if (row && !row->empty() && row->size() < 4000 && texts.size() < kRowsMax) texts.push_back(*row);
  if (texts.empty()) return std::nullopt;
  const auto attempt = [&](auto&& runs_of_text) {
    Runs runs;
    for (const std::string_view text : texts) runs.push_back(runs_of_text(text));
    return cuts_from(runs);
  };
  const auto is_spaced = [](std::string_view text) { return text.find("  ") != std::string_view::npos; };
  if (std::any_of(texts.begin(), texts.end(), is_spaced))
    if (auto fixed = fixed_widths(texts)) return fixed;
  if (auto cuts = attempt([](std::string_view text) { return runs_of(text, Signs::strong); }))
    return SplitProgram{std::move(*cuts), {}, false};
  if (auto cuts = attempt([](std::string_view text) { return runs_of(text, Signs::all); }))
    return SplitProgram{std::move(*cuts), {}, true};
  if (auto cuts = attempt(turns_of)) return SplitProgram{std::move(*cuts), {}, false};
  Runs runs;
  for (const std::string_view text : texts) runs.push_back(runs_of(text, Signs::strong));
  if (auto cuts = shared_cuts(runs)) return SplitProgram{std::move(*cuts), {}, false};
  return std::nullopt;
}

std::optional<std::vector<std::string_view>> split_parts(const SplitProgram& program, std::string_view text) {
  std::vector<std::string_view> parts;
  size_t at = 0;
  if (!program.widths.empty()) {
    for (const size_t width : program.widths) {
      if (at + width > text.size()) return std::nullopt;
      parts.push_back(text.substr(at, width));
      at += width;
    }
    parts.push_back(text.substr(at));
    return parts;
  }
  const std::vector<Run> runs = all_runs(text, program);
  size_t next = 0;
  for (const Cut& cut : program.cuts) {
    while (next < runs.size() && !matches(cut, runs[next].cut)) ++next;
    if (next == runs.size()) return std::nullopt;
    if (runs[next].begin > 0) parts.push_back(text.substr(at, runs[next].begin - at));
    if (runs[next].end > runs[next].begin)
      parts.push_back(text.substr(runs[next].begin, runs[next].end - runs[next].begin));
    at = runs[next].end;
    ++next;
  }
  if (at < text.size()) parts.push_back(text.substr(at));
  return parts;
}

std::optional<std::vector<std::string_view>> split_fields(const SplitProgram& program, std::string_view text) {
  const auto parts = split_parts(program, text);
  if (!parts || !program.widths.empty()) return parts;
  const bool turns =
      std::any_of(program.cuts.begin(), program.cuts.end(), [](const Cut& cut) { return cut.separator.empty(); });
  if (turns) return parts;
  std::vector<std::string_view> fields;
  const bool begins_with_cut = !parts->empty() && !program.cuts.empty() && !text.empty() && !parts->front().empty() &&
                               program.cuts.front().left == Side::edge;
  for (size_t i = begins_with_cut ? 1 : 0; i < parts->size(); i += 2) fields.push_back((*parts)[i]);
  return fields;
}

}  // namespace aml::synth
