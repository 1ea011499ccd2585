#include "prep/placed_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace aml::prep {
namespace {

// Walks the document beside the decoded value. YAML changes text in few ways (quotes and indentation go, line
// breaks fold into spaces, escapes become bytes), so the two are brought back in step byte by byte.
class ScalarWalk {
 public:
  ScalarWalk(std::string_view source, TextPlace start) : source_(source) {
    while (place_.line < start.line && at_ < source_.size()) advance();
    while (place_.column < start.column && at_ < source_.size()) advance();
    style_ = peek();
    if (style_ == '\'' || style_ == '"') advance();
    if (style_ == '|' || style_ == '>') skip_line();
  }

  TextPlace place_of_next(char wanted) {
    // One escape may stand for several bytes of UTF-8: those after the first have the place behind it.
    if (style_ == '"' && is_continuation(wanted) && peek() != wanted) return place_;
    skip_to(wanted);
    const TextPlace found = place_;
    if (style_ == '"' && peek() == '\\') skip_escape();
    else if (peek() == wanted || is_space(wanted)) advance();
    return found;
  }

  TextPlace place() const { return place_; }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
  static bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }
  char peek(size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

  void advance() {
    if (peek() == '\n') {
      ++place_.line;
      place_.column = 0;
    }
    ++at_;
    ++place_.column;
  }

  void skip_line() {
    while (at_ < source_.size() && peek() != '\n') advance();
    if (at_ < source_.size()) advance();
  }

  // Bytes that are in the document but not in the value: indentation, folded line breaks, the first of ''.
  void skip_to(char wanted) {
    if (style_ == '\'' && peek() == '\'' && peek(1) == '\'') advance();
    while (at_ < source_.size() && peek() != wanted && is_space(peek()) && !is_fold(wanted)) advance();
  }

  // A line break in the document that stands for a space in the value is the space's place.
  bool is_fold(char wanted) const { return is_space(wanted) && peek() == '\n'; }

  void skip_escape() {
    const char kind = peek(1);
    const size_t length = kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2;
    for (size_t i = 0; i < length && at_ < source_.size(); ++i) advance();
  }

  std::string_view source_;
  size_t at_ = 0;
  TextPlace place_;
  char style_ = '\0';
};

}  // namespace

Error PlacedText::error(size_t offset, std::string message, std::string hint) const {
  const TextPlace place = places[std::min(offset, places.size() - 1)];
  return Error{ErrorKind::bad_data, fmt::format("{}:{}:{}: {}", file, place.line, place.column, message),
               std::move(hint)};
}

PlacedText place_scalar(const text::Yaml& scalar, std::string_view source) {
  PlacedText placed{scalar.scalar(), scalar.name(), {}};
  placed.places.reserve(placed.text.size() + 1);
  ScalarWalk walk(source, {scalar.line(), scalar.column()});
  for (const char byte : placed.text) placed.places.push_back(walk.place_of_next(byte));
  placed.places.push_back(walk.place());
  return placed;
}

PlacedText place_line(std::string text, std::string file) {
  PlacedText placed{std::move(text), std::move(file), {}};
  for (size_t i = 0; i <= placed.text.size(); ++i) placed.places.push_back({1, static_cast<int>(i) + 1});
  return placed;
}

}  // namespace aml::prep
