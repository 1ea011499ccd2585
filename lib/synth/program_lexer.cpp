#include "synth/program_lexer.h"

#include <fmt/format.h>

namespace aml::synth {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

Error Word::error(std::string_view message) const {
  return {ErrorKind::bad_data, fmt::format("{}:{}: {}", line, column, message),
          "see aml-prep(5) for the form of programs"};
}

Result<Word> ProgramLexer::next() {
  while (!is_done() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  Word word;
  word.line = line_;
  word.column = at_ - line_begin_ + 1;
  if (is_done()) return word;
  const size_t begin = at_;
  const char c = text_[at_];
  if (c == '\n') {
    ++at_;
    ++line_;
    line_begin_ = at_;
    word.kind = Word::Kind::end_of_line;
  } else if (c == '"') {
    word.kind = Word::Kind::string;
    word.text = TRY(read_string(word));
  } else if (c == '[') {
    word.kind = Word::Kind::column;
    word.text = TRY(read_column(word));
  } else if (is_letter(c)) {
    while (!is_done() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    word.kind = Word::Kind::name;
    std::string(text_.substr(begin, at_ - begin)).swap(word.text);
  } else if (is_digit(c) || ((c == '-' || c == '+') && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
    ++at_;
    const auto goes_on = [&] {
      if (is_digit(text_[at_]) || is_letter(text_[at_])) return true;
      return text_[at_] == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    };
    while (!is_done() && goes_on()) ++at_;
    word.kind = Word::Kind::number;
    std::string(text_.substr(begin, at_ - begin)).swap(word.text);
  } else {
    const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const bool is_pair = (c == '=' && second == '>') || (c == '.' && second == '.');
    at_ += is_pair ? 2 : 1;
    word.kind = Word::Kind::sign;
    std::string(text_.substr(begin, at_ - begin)).swap(word.text);
  }
  return word;
}

Result<char> ProgramLexer::read_escape(const Word& start) {
  if (is_done()) return start.error("the text has no closing quote");
  const char c = text_[at_++];
  switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case '"':
    case '\\': return c;
    case 'x': {
      const int high = at_ + 1 < text_.size() ? hex_value(text_[at_]) : -1;
      const int low = at_ + 1 < text_.size() ? hex_value(text_[at_ + 1]) : -1;
      if (high < 0 || low < 0) return start.error("\\x wants two hexadecimal digits");
      at_ += 2;
      return static_cast<char>(high * 16 + low);
    }
    default: return start.error(fmt::format("unknown escape '\\{}'", c));
  }
}

Result<std::string> ProgramLexer::read_string(const Word& start) {
  std::string text;
  for (++at_; !is_done() && text_[at_] != '\n';) {
    const char c = text_[at_++];
    if (c == '"') return text;
    text += c == '\\' ? TRY(read_escape(start)) : c;
  }
  return start.error("the text has no closing quote");
}

Result<std::string> ProgramLexer::read_column(const Word& start) {
  std::string text;
  for (++at_; !is_done(); ++at_) {
    if (text_[at_] == ']') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != ']') return ++at_, text;
      ++at_;
    }
    text += text_[at_];
  }
  return start.error("the column name has no closing bracket");
}

}  // namespace aml::synth
