// matches, extract, replace_pattern, count_pattern, split_pattern: regular expressions of RE2, which takes time linear
// in the text whatever the pattern is, compiled once when the expression is bound.
#include <fmt/format.h>
#include <re2/re2.h>

#include <array>

#include "prep/functions.h"

namespace aml::prep {
namespace {

using enum table::ColumnType;
using Text = std::string_view;

constexpr int64_t kPatternMemoryBytes = int64_t{8} << 20;
constexpr size_t kGroupsMax = 100;

struct Pattern final : Prepared {
  explicit Pattern(Text text, const re2::RE2::Options& options)
      : regex(re2::StringPiece(text.data(), text.size()), options) {}
  re2::RE2 regex;
  int64_t number = 0;       // of a group or piece
  std::string replacement;  // in RE2's form
};

using Piece = re2::StringPiece;
Piece piece_of(Text text) { return {text.data(), text.size()}; }
Text text_of(const Piece& piece) { return {piece.data(), piece.size()}; }

Result<std::shared_ptr<Pattern>> compile_pattern(const Constants& constants) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemoryBytes);
  auto pattern = std::make_shared<Pattern>(constants.text(0), options);
  if (!pattern->regex.ok())
    return constants.error(0, fmt::format("the regular expression is wrong: {}", pattern->regex.error()),
                           "its syntax is RE2's; r'\\d+' spares doubling each \\");
  if (static_cast<size_t>(pattern->regex.NumberOfCapturingGroups()) > kGroupsMax)
    return constants.error(0, fmt::format("the regular expression has more than {} groups", kGroupsMax),
                           "(?:…) groups without capturing");
  return pattern;
}

Result<PreparedPtr> prepare_pattern(const Constants& constants) { return PreparedPtr(TRY(compile_pattern(constants))); }

// The group that is extracted: the one given, else the first, else all of the match.
Result<PreparedPtr> prepare_group(const Constants& constants) {
  const auto pattern = TRY(compile_pattern(constants));
  const int64_t groups = pattern->regex.NumberOfCapturingGroups();
  pattern->number = constants.size() > 1 ? constants.whole(1) : std::min<int64_t>(groups, 1);
  if (pattern->number < 0 || pattern->number > groups)
    return constants.error(1, fmt::format("the regular expression has no group {}", pattern->number),
                           fmt::format("it has {}; 0 is all of the match", groups));
  return PreparedPtr(pattern);
}

Result<PreparedPtr> prepare_split(const Constants& constants) {
  const auto pattern = TRY(compile_pattern(constants));
  pattern->number = constants.whole(1);
  if (pattern->number < 1) return constants.error(1, "pieces are numbered from 1", {});
  return PreparedPtr(pattern);
}

Result<PreparedPtr> prepare_replacement(const Constants& constants) {
  const auto pattern = TRY(compile_pattern(constants));
  pattern->replacement = constants.text(1);
  std::string problem;
  if (!pattern->regex.CheckRewriteString(piece_of(pattern->replacement), &problem))
    return constants.error(1, fmt::format("the replacement is wrong: {}", problem),
                           "\\0 is the match, \\1 its first group, \\\\ one \\");
  return PreparedPtr(pattern);
}

// The first match at or after `at`; `groups` is filled with it and its groups.
bool find_match(const Pattern& pattern, Text value, size_t at, std::span<Piece> groups) {
  return pattern.regex.Match(piece_of(value), at, value.size(), re2::RE2::UNANCHORED, groups.data(),
                             static_cast<int>(groups.size()));
}

// Where to look for the next match: behind this one, and past a character if this one was empty.
size_t next_start(const Pattern& pattern, Text value, const Piece& match) {
  const auto end = static_cast<size_t>(match.data() - value.data()) + match.size();
  if (!match.empty()) return end;
  const bool is_utf8 = pattern.regex.options().encoding() == re2::RE2::Options::EncodingUTF8;
  size_t next = end + 1;
  while (is_utf8 && next < value.size() && (static_cast<unsigned char>(value[next]) & 0xC0) == 0x80) ++next;
  return next;
}

Outcome matches(const Pattern& pattern, bool& out, Text value) {
  out = find_match(pattern, value, 0, {});
  return Outcome::valid();
}

// Missing where nothing matches, or the group takes no part in the match.
Outcome extract(const Pattern& pattern, TextResult& out, Text value) {
  std::array<Piece, kGroupsMax + 1> groups;
  const auto wanted = static_cast<size_t>(pattern.number);
  if (!find_match(pattern, value, 0, std::span(groups).first(wanted + 1))) return Outcome::missing();
  if (groups[wanted].data() == nullptr) return Outcome::missing();
  out.borrow(text_of(groups[wanted]));
  return Outcome::valid();
}

Outcome replace_pattern(const Pattern& pattern, TextResult& out, Text value) {
  if (!find_match(pattern, value, 0, {})) {
    out.borrow(value);
    return Outcome::valid();
  }
  std::string& result = out.fresh();
  result = value;
  re2::RE2::GlobalReplace(&result, pattern.regex, piece_of(pattern.replacement));
  return Outcome::valid();
}

Outcome count_pattern(const Pattern& pattern, int64_t& out, Text value) {
  std::array<Piece, 1> match;
  out = 0;
  for (size_t at = 0; at <= value.size() && find_match(pattern, value, at, match); ++out)
    at = next_start(pattern, value, match[0]);
  return Outcome::valid();
}

// The piece of that number, missing if there are fewer. An empty match separates nothing.
Outcome split_pattern(const Pattern& pattern, TextResult& out, Text value) {
  std::array<Piece, 1> match;
  size_t begin = 0, at = 0;
  int64_t number = 1;
  while (at <= value.size() && find_match(pattern, value, at, match)) {
    at = next_start(pattern, value, match[0]);
    if (match[0].empty()) continue;
    if (number == pattern.number) {
      out.borrow(value.substr(begin, static_cast<size_t>(match[0].data() - value.data()) - begin));
      return Outcome::valid();
    }
    ++number;
    begin = at;
  }
  if (number < pattern.number) return Outcome::missing();
  out.borrow(value.substr(begin));
  return Outcome::valid();
}

constexpr Function kFunctions[] = {
    define_prepared("matches", boolean, prepared_fallible<matches>, prepare_pattern, 1, text, text),
    define_prepared("extract", text, prepared_fallible<extract>, prepare_group, 1, text, text),
    define_prepared("extract", text, prepared_fallible<extract>, prepare_group, 2, text, text, int64),
    define_prepared("replace_pattern", text, prepared_fallible<replace_pattern>, prepare_replacement, 2, text, text,
                    text),
    define_prepared("count_pattern", int64, prepared_fallible<count_pattern>, prepare_pattern, 1, text, text),
    define_prepared("split_pattern", text, prepared_fallible<split_pattern>, prepare_split, 2, text, text, int64),
};

}  // namespace

std::span<const Function> pattern_functions() { return kFunctions; }

}  // namespace aml::prep
