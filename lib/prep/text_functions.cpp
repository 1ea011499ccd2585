#include <algorithm>
#include <cctype>
#include <limits>

#include "prep/functions.h"
#include "text/letter_case.h"
#include "text/unicode.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;
using Text = std::string_view;

constexpr Text kSpaces = " \t\r\n\v\f";
constexpr int64_t kTextCharactersMax = int64_t{1} << 20;  // that pad and repeat make

Outcome join(TextResult& out, Text a, Text b) {
  out.fresh().append(a).append(b);
  return Outcome::valid();
}

Outcome lower(TextResult& out, Text value) {
  text::append_lower(out.fresh(), value);
  return Outcome::valid();
}

Outcome upper(TextResult& out, Text value) {
  text::append_upper(out.fresh(), value);
  return Outcome::valid();
}

Outcome trim(TextResult& out, Text value) {
  const size_t start = value.find_first_not_of(kSpaces);
  const size_t end = value.find_last_not_of(kSpaces);
  out.borrow(start == Text::npos ? Text() : value.substr(start, end - start + 1));
  return Outcome::valid();
}

// Bytes up to the character after `count` characters; a byte that is not UTF-8 is a character of its own.
size_t skip_characters(Text value, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < value.size(); --count)
    at += std::max<size_t>(1, text::utf8_sequence_length(value.substr(at)));
  return at;
}

int64_t length(Text value) {
  int64_t count = 0;
  for (size_t at = 0; at < value.size(); ++count) at += skip_characters(value.substr(at), 1);
  return count;
}

// The first character is number 1. What reaches past the end is cut.
Outcome substring_of(TextResult& out, Text value, int64_t start, int64_t count) {
  if (start < 1 || count < 0) return CellProblem::bad_argument;
  const Text rest = value.substr(skip_characters(value, static_cast<size_t>(start - 1)));
  out.borrow(rest.substr(0, skip_characters(rest, static_cast<size_t>(count))));
  return Outcome::valid();
}

Outcome substring_from(TextResult& out, Text value, int64_t start) {
  return substring_of(out, value, start, std::numeric_limits<int64_t>::max());
}

bool contains(Text value, Text part) { return value.find(part) != Text::npos; }
bool starts_with(Text value, Text part) { return value.starts_with(part); }
bool ends_with(Text value, Text part) { return value.ends_with(part); }

Outcome replace(TextResult& out, Text value, Text from, Text to) {
  if (from.empty()) return CellProblem::bad_argument;
  size_t found = value.find(from);
  if (found == Text::npos) {
    out.borrow(value);
    return Outcome::valid();
  }
  std::string& result = out.fresh();
  for (; found != Text::npos; found = value.find(from)) {
    result.append(value.substr(0, found)).append(to);
    value.remove_prefix(found + from.size());
  }
  result.append(value);
  return Outcome::valid();
}

Outcome split_part(TextResult& out, Text value, Text separator, int64_t number) {
  if (separator.empty() || number < 1) return CellProblem::bad_argument;
  for (; number > 1; --number) {
    const size_t found = value.find(separator);
    if (found == Text::npos) return Outcome::missing();
    value.remove_prefix(found + separator.size());
  }
  out.borrow(value.substr(0, value.find(separator)));
  return Outcome::valid();
}

Outcome left(TextResult& out, Text value, int64_t count) { return substring_of(out, value, 1, count); }

Outcome right(TextResult& out, Text value, int64_t count) {
  if (count < 0) return CellProblem::bad_argument;
  const int64_t skipped = std::max<int64_t>(0, length(value) - count);
  out.borrow(value.substr(skip_characters(value, static_cast<size_t>(skipped))));
  return Outcome::valid();
}

// The number of the first character of `part`, missing if it is not there.
Outcome index_of(int64_t& out, Text value, Text part) {
  const size_t found = value.find(part);
  if (found == Text::npos) return Outcome::missing();
  out = length(value.substr(0, found)) + 1;
  return Outcome::valid();
}

Outcome count(int64_t& out, Text value, Text part) {
  if (part.empty()) return CellProblem::bad_argument;
  out = 0;
  for (size_t at = value.find(part); at != Text::npos; at = value.find(part, at + part.size())) ++out;
  return Outcome::valid();
}

// `value` with `fill` before or behind it until it has `width` characters; longer text stays as it is.
template <bool is_before>
Outcome pad(TextResult& out, Text value, int64_t width, Text fill) {
  if (width < 0 || width > kTextCharactersMax || length(fill) != 1) return CellProblem::bad_argument;
  const int64_t wanted = width - length(value);
  if (wanted <= 0) {
    out.borrow(value);
    return Outcome::valid();
  }
  std::string& result = out.fresh();
  if (!is_before) result = value;
  for (int64_t i = 0; i < wanted; ++i) result += fill;
  if (is_before) result += value;
  return Outcome::valid();
}

template <bool is_before>
Outcome pad_with_spaces(TextResult& out, Text value, int64_t width) {
  return pad<is_before>(out, value, width, " ");
}

Outcome repeat(TextResult& out, Text value, int64_t times) {
  const auto size = static_cast<int64_t>(value.size());
  if (times < 0 || (size > 0 && times > kTextCharactersMax / size)) return CellProblem::bad_argument;
  std::string& result = out.fresh();
  for (int64_t i = 0; i < times; ++i) result += value;
  return Outcome::valid();
}

Outcome reverse(TextResult& out, Text value) {
  std::string& result = out.fresh();
  result.resize(value.size());
  size_t end = value.size();
  for (Text rest = value; !rest.empty();) {
    const size_t size = skip_characters(rest, 1);
    end -= size;
    rest.copy(result.data() + end, size);
    rest.remove_prefix(size);
  }
  return Outcome::valid();
}

// The first letter of every word in upper case, the others in lower case; digits and apostrophes are parts of words.
Outcome title(TextResult& out, Text value) {
  std::string& result = out.fresh();
  bool is_inside = false;
  while (!value.empty()) {
    const size_t size = skip_characters(value, 1);
    const Text character = value.substr(0, size);
    const auto c = static_cast<unsigned char>(character[0]);
    if (is_inside) text::append_lower(result, character);
    else text::append_upper(result, character);
    is_inside = c >= 0x80 || std::isalnum(c) != 0 || c == '\'';
    value.remove_prefix(size);
  }
  return Outcome::valid();
}

Outcome trim_start(TextResult& out, Text value) {
  out.borrow(value.substr(std::min(value.size(), value.find_first_not_of(kSpaces))));
  return Outcome::valid();
}

Outcome trim_end(TextResult& out, Text value) {
  out.borrow(value.substr(0, value.find_last_not_of(kSpaces) + 1));
  return Outcome::valid();
}

Outcome before(TextResult& out, Text value, Text separator) { return split_part(out, value, separator, 1); }

Outcome after(TextResult& out, Text value, Text separator) {
  if (separator.empty()) return CellProblem::bad_argument;
  const size_t found = value.find(separator);
  if (found == Text::npos) return Outcome::missing();
  out.borrow(value.substr(found + separator.size()));
  return Outcome::valid();
}

constexpr Function kFunctions[] = {
    define("+", text, fallible<join>, text, text),
    define("++", text, fallible<join>, text, text),
    define("lower", text, fallible<lower>, text),
    define("upper", text, fallible<upper>, text),
    define("trim", text, fallible<trim>, text),
    define("trim_start", text, fallible<trim_start>, text),
    define("trim_end", text, fallible<trim_end>, text),
    define("title", text, fallible<title>, text),
    define("reverse", text, fallible<reverse>, text),
    define("repeat", text, fallible<repeat>, text, int64),
    define("pad_start", text, fallible<pad_with_spaces<true>>, text, int64),
    define("pad_start", text, fallible<pad<true>>, text, int64, text),
    define("pad_end", text, fallible<pad_with_spaces<false>>, text, int64),
    define("pad_end", text, fallible<pad<false>>, text, int64, text),
    define("length", int64, total<length>, text),
    define("substring", text, fallible<substring_of>, text, int64, int64),
    define("substring", text, fallible<substring_from>, text, int64),
    define("left", text, fallible<left>, text, int64),
    define("right", text, fallible<right>, text, int64),
    define("index", int64, fallible<index_of>, text, text),
    define("count", int64, fallible<count>, text, text),
    define("contains", boolean, total<contains>, text, text),
    define("starts_with", boolean, total<starts_with>, text, text),
    define("ends_with", boolean, total<ends_with>, text, text),
    define("replace", text, fallible<replace>, text, text, text),
    define("split_part", text, fallible<split_part>, text, text, int64),
    define("before", text, fallible<before>, text, text),
    define("after", text, fallible<after>, text, text),
};

}  // namespace

std::span<const Function> text_functions() { return kFunctions; }

}  // namespace aml::prep
