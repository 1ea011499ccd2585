#include "prep/expression_lexer.h"

#include <fmt/format.h>

#include <array>

namespace aml::prep {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters of any script: every byte above ASCII may stand in a bare name.
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

// Longest first, so that "<=" is not read as "<" and "=".
constexpr std::array<std::string_view, 18> kSymbols = {"++", "//", "==", "!=", "<=", ">=", "<", ">", "+",
                                                       "-",  "*",  "/",  "%",  "(",  ")",  ",", "=", "!"};

class Lexer {
 public:
  explicit Lexer(const PlacedText& source) : source_(source), text_(source.text) {}

  Result<std::vector<Token>> cut() {
    std::vector<Token> tokens;
    for (;;) {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
      const size_t start = at_;
      Token token = TRY(next());
      token.offset = start;
      token.length = at_ - start;
      tokens.push_back(std::move(token));
      if (tokens.back().kind == Token::Kind::end) return tokens;
    }
  }

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  Result<Token> next() {
    const char c = peek();
    if (at_ == text_.size()) return Token{Token::Kind::end};
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == 'r' && (peek(1) == '\'' || peek(1) == '"')) return raw_text();
    if (is_name_start(c)) return name();
    if (c == '\'' || c == '"') return quoted_text();
    if (c == '`') return quoted_column('`');
    if (c == '[') return quoted_column(']');
    return symbol();
  }

  void skip_digits() {
    while (is_digit(peek())) ++at_;
  }

  Result<Token> number() {
    const size_t start = at_;
    skip_digits();
    if (peek() == '.') {
      ++at_;
      skip_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) return source_.error(at_, "a number's exponent has no digits");
      skip_digits();
    }
    if (is_name_part(peek()))
      return source_.error(at_,
                           fmt::format("unexpected '{}' after number {}", peek(), text_.substr(start, at_ - start)),
                           "a column whose name starts with a digit is written in brackets: [2nd value]");
    return Token{Token::Kind::number, start, text_.substr(start, at_ - start)};
  }

  Result<Token> name() {
    const size_t start = at_;
    while (is_name_part(peek())) ++at_;
    return Token{Token::Kind::name, start, text_.substr(start, at_ - start)};
  }

  Result<Token> quoted_text() {
    const size_t start = at_;
    const char quote = text_[at_++];
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\') value.push_back(TRY(escape()));
      else value.push_back(text_[at_++]);
    }
    if (at_ == text_.size())
      return source_.error(start, fmt::format("the text that starts here has no closing {}", quote));
    ++at_;
    return Token{Token::Kind::text, start, std::move(value)};
  }

  // r'\d+': every character stands for itself, which patterns are easier to read in.
  Result<Token> raw_text() {
    const size_t start = at_;
    const char quote = text_[at_ + 1];
    const size_t end = text_.find(quote, at_ + 2);
    if (end == std::string::npos)
      return source_.error(start, fmt::format("the text that starts here has no closing {}", quote));
    at_ = end + 1;
    return Token{Token::Kind::text, start, text_.substr(start + 2, end - start - 2)};
  }

  Result<char> escape() {
    const char kind = peek(1);
    at_ += 2;
    switch (kind) {
      case 'n': return '\n';
      case 't': return '\t';
      case 'r': return '\r';
      case '\\':
      case '\'':
      case '"': return kind;
      default: return source_.error(at_ - 2, "unknown escape in text", R"(known are \n \t \r \\ \' and \")");
    }
  }

  // The closing character is doubled to stand in the name itself.
  Result<Token> quoted_column(char close) {
    const size_t start = at_++;
    std::string value;
    for (;;) {
      if (at_ == text_.size())
        return source_.error(start, fmt::format("the column name that starts here has no closing '{}'", close));
      if (text_[at_] == close && peek(1) != close) break;
      if (text_[at_] == close) ++at_;
      value.push_back(text_[at_++]);
    }
    ++at_;
    return Token{Token::Kind::column, start, std::move(value)};
  }

  Result<Token> symbol() {
    for (const std::string_view symbol : kSymbols) {
      if (!std::string_view(text_).substr(at_).starts_with(symbol)) continue;
      if (symbol == "=") return source_.error(at_, "unexpected '='", "equality is written '=='");
      if (symbol == "!") return source_.error(at_, "unexpected '!'", "negation is written 'not'");
      at_ += symbol.size();
      return Token{Token::Kind::symbol, at_, std::string(symbol)};
    }
    std::string hint;
    if (peek() == '&') hint = "conjunction is written 'and'";
    if (peek() == '|') hint = "disjunction is written 'or'";
    return source_.error(at_, fmt::format("unexpected character '{}'", peek()), hint);
  }

  const PlacedText& source_;
  const std::string& text_;
  size_t at_ = 0;
};

}  // namespace

Result<std::vector<Token>> cut_tokens(const PlacedText& source) { return Lexer(source).cut(); }

std::string describe(const Token& token) {
  switch (token.kind) {
    case Token::Kind::end: return "the end";
    case Token::Kind::text: return fmt::format("text '{}'", token.text);
    case Token::Kind::number: return fmt::format("number {}", token.text);
    case Token::Kind::column: return fmt::format("column '{}'", token.text);
    default: return fmt::format("'{}'", token.text);
  }
}

}  // namespace aml::prep
