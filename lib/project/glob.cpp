#include "project/glob.h"

#include <cctype>
#include <cstdint>
#include <optional>

namespace aml::project {
namespace {

// Why a match failed decides how far a star before it must still look: never again once the text ran out, and not
// by a single star when a slash stands in the way. That is what keeps "*a*a*a*b" from taking exponential time.
enum class Match : uint8_t { yes, no, text_ended, slash_in_the_way };

// Nothing for a class POSIX does not name.
std::optional<bool> is_in_named_class(std::string_view name, unsigned char c) {
  if (name == "alnum") return std::isalnum(c) != 0;
  if (name == "alpha") return std::isalpha(c) != 0;
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "cntrl") return std::iscntrl(c) != 0;
  if (name == "digit") return std::isdigit(c) != 0;
  if (name == "graph") return std::isgraph(c) != 0;
  if (name == "lower") return std::islower(c) != 0;
  if (name == "print") return std::isprint(c) != 0;
  if (name == "punct") return std::ispunct(c) != 0;
  if (name == "space") return std::isspace(c) != 0;
  if (name == "upper") return std::isupper(c) != 0;
  if (name == "xdigit") return std::isxdigit(c) != 0;
  return std::nullopt;
}

// Reads one bracket expression; `rest` starts behind its '['.
class BracketReader {
 public:
  BracketReader(std::string_view rest, char c) : rest_(rest), c_(static_cast<unsigned char>(c)) {}

  // Whether c is in the set, or nothing when the expression never ends or names an unknown class.
  std::optional<bool> read() {
    const bool negated = !rest_.empty() && (rest_[0] == '!' || rest_[0] == '^');
    if (negated) rest_.remove_prefix(1);
    // A ']' in the first place is an ordinary member.
    for (bool first = true; first || (!rest_.empty() && rest_[0] != ']'); first = false)
      if (!read_member()) return std::nullopt;
    if (rest_.empty()) return std::nullopt;
    rest_.remove_prefix(1);
    return is_member_ != negated;
  }

  std::string_view rest() const { return rest_; }

 private:
  std::optional<unsigned char> take_literal() {
    if (!rest_.empty() && rest_[0] == '\\') rest_.remove_prefix(1);
    if (rest_.empty()) return std::nullopt;
    const auto c = static_cast<unsigned char>(rest_[0]);
    rest_.remove_prefix(1);
    return c;
  }

  bool read_member() {
    if (rest_.empty()) return false;
    if (rest_[0] == '-' && previous_ >= 0 && rest_.size() > 1 && rest_[1] != ']') return read_range_end();
    if (rest_.starts_with("[:")) {
      const size_t end = rest_.find(']', 2);
      if (end == std::string_view::npos) return false;
      if (end > 2 && rest_[end - 1] == ':') return read_named_class(end);
    }
    const auto literal = take_literal();
    if (!literal) return false;
    previous_ = *literal;
    is_member_ = is_member_ || *literal == c_;
    return true;
  }

  bool read_range_end() {
    rest_.remove_prefix(1);
    const auto last = take_literal();
    if (!last) return false;
    is_member_ = is_member_ || (previous_ <= c_ && c_ <= *last);
    previous_ = -1;
    return true;
  }

  bool read_named_class(size_t end) {
    const auto is_in_class = is_in_named_class(rest_.substr(2, end - 3), c_);
    if (!is_in_class) return false;
    is_member_ = is_member_ || *is_in_class;
    previous_ = -1;
    rest_.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest_;
  unsigned char c_;
  bool is_member_ = false;
  int previous_ = -1;  // the member a '-' would continue; -1: none
};

Match match(std::string_view pattern, std::string_view text, Slashes slashes);

// `pattern` starts behind a run of stars.
Match match_after_stars(std::string_view pattern, std::string_view text, Slashes slashes, bool crosses_slashes) {
  if (pattern.empty()) {
    if (!crosses_slashes && text.find('/') != std::string_view::npos) return Match::slash_in_the_way;
    return Match::yes;
  }
  if (!crosses_slashes && pattern[0] == '/') {
    const size_t slash = text.find('/');
    if (slash == std::string_view::npos) return Match::no;
    return match(pattern.substr(1), text.substr(slash + 1), slashes);
  }
  for (; !text.empty(); text.remove_prefix(1)) {
    const Match rest = match(pattern, text, slashes);
    if (rest != Match::no && (!crosses_slashes || rest != Match::slash_in_the_way)) return rest;
    if (rest == Match::no && !crosses_slashes && text[0] == '/') return Match::slash_in_the_way;
  }
  return Match::text_ended;
}

// `pattern[at]` is a star.
Match match_stars(std::string_view pattern, size_t at, std::string_view text, Slashes slashes) {
  size_t end = at;
  while (end < pattern.size() && pattern[end] == '*') ++end;
  const std::string_view rest = pattern.substr(end);
  if (slashes == Slashes::free) return match_after_stars(rest, text, slashes, true);
  const bool opens_component = at == 0 || pattern[at - 1] == '/';
  const bool closes_component = rest.empty() || rest[0] == '/' || rest.starts_with("\\/");
  if (end - at < 2 || !opens_component || !closes_component) return match_after_stars(rest, text, slashes, false);
  // "**/" also stands for no directory at all.
  if (rest.starts_with('/') && match(rest.substr(1), text, slashes) == Match::yes) return Match::yes;
  return match_after_stars(rest, text, slashes, true);
}

Match match(std::string_view pattern, std::string_view text, Slashes slashes) {
  size_t at = 0;
  while (at < pattern.size()) {
    if (pattern[at] == '*') return match_stars(pattern, at, text, slashes);
    if (text.empty()) return Match::text_ended;
    const char c = text[0];
    if (pattern[at] == '[') {
      BracketReader bracket(pattern.substr(at + 1), c);
      const auto is_member = bracket.read();
      if (!is_member) return Match::text_ended;
      if (!*is_member || (slashes == Slashes::separate && c == '/')) return Match::no;
      at = pattern.size() - bracket.rest().size();
    } else if (pattern[at] == '?') {
      if (slashes == Slashes::separate && c == '/') return Match::no;
      ++at;
    } else {
      if (pattern[at] == '\\') ++at;
      if (at >= pattern.size() || pattern[at] != c) return Match::no;
      ++at;
    }
    text.remove_prefix(1);
  }
  return text.empty() ? Match::yes : Match::no;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text, Slashes slashes) {
  return match(pattern, text, slashes) == Match::yes;
}

}  // namespace aml::project
