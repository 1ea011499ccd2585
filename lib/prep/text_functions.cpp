#include <algorithm>
#include <limits>

#include "prep/functions.h"
#include "text/letter_case.h"
#include "text/unicode.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using enum table::ColumnType;
using Text = std::string_view;

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
  constexpr Text kSpaces = " \t\r\n\v\f";
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
    define("length", int64, total<length>, text),
    define("substring", text, fallible<substring_of>, text, int64, int64),
    define("substring", text, fallible<substring_from>, text, int64),
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
