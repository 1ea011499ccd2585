#include "prep/expression_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "prep/expression_lexer.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

constexpr int kDepthMax = 200;
constexpr size_t kBytesMax = size_t{64} << 10;
constexpr size_t kTokensMax = 1000;  // a chain of operators is as deep a tree as it is long

constexpr std::array<std::string_view, 4> kOperatorWords = {"and", "or", "not", "in"};
constexpr std::array<std::string_view, 6> kComparisons = {"==", "!=", "<", "<=", ">", ">="};
constexpr std::array<std::string_view, 1> kJoins = {"++"};
constexpr std::array<std::string_view, 2> kSums = {"+", "-"};
constexpr std::array<std::string_view, 4> kProducts = {"*", "/", "//", "%"};

class Parser {
 public:
  Parser(const PlacedText& source, std::vector<Token> tokens) : source_(source), tokens_(std::move(tokens)) {}

  Result<Term> parse() {
    Term term = TRY(any());
    if (peek().kind != Token::Kind::end) return unexpected("the end of the expression");
    return term;
  }

 private:
  const Token& peek(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

  bool is_one_of(std::span<const std::string_view> symbols) const {
    return std::any_of(symbols.begin(), symbols.end(), [&](std::string_view s) { return peek().is_symbol(s); });
  }

  // "expected a value, found '>' after 'body_mass_g >'"
  Error unexpected(std::string_view wanted, std::string hint = {}) const {
    constexpr size_t kShownMax = 24;
    const Token& token = peek();
    std::string message = fmt::format("expected {}, found {}", wanted, describe(token));
    if (at_ > 0) {
      const size_t end = tokens_[at_ - 1].offset + tokens_[at_ - 1].length;
      size_t start = end > kShownMax ? end - kShownMax : 0;
      while (start > 0 && (static_cast<unsigned char>(source_.text[start]) & 0xc0) == 0x80) --start;
      message += fmt::format(" after '{}'", source_.text.substr(start, end - start));
    }
    return source_.error(token.offset, std::move(message), std::move(hint));
  }

  static Term call(const Token& at, std::string name, std::vector<Term> arguments) {
    return Term{Term::Kind::call, at.offset, std::move(name), {}, std::move(arguments)};
  }

  using Rule = Result<Term> (Parser::*)();

  // operand (operator operand)*, grouping to the left.
  Result<Term> chain(Rule operand, std::span<const std::string_view> operators) {
    Term left = TRY((this->*operand)());
    while (is_one_of(operators)) {
      const Token symbol = take();
      Term right = TRY((this->*operand)());
      left = call(symbol, symbol.text, {std::move(left), std::move(right)});
    }
    return left;
  }

  Result<Term> word_chain(Rule operand, std::string_view word) {
    Term left = TRY((this->*operand)());
    while (peek().is_word(word)) {
      const Token symbol = take();
      Term right = TRY((this->*operand)());
      left = call(symbol, symbol.text, {std::move(left), std::move(right)});
    }
    return left;
  }

  Result<Term> any() { return word_chain(&Parser::all, "or"); }
  Result<Term> all() { return word_chain(&Parser::negation, "and"); }
  Result<Term> joined() { return chain(&Parser::sum, kJoins); }
  Result<Term> sum() { return chain(&Parser::product, kSums); }
  Result<Term> product() { return chain(&Parser::signed_value, kProducts); }

  Result<Term> negation() {
    if (!peek().is_word("not")) return comparison();
    const Token word = take();
    TRY(enter());
    Term inner = TRY(negation());
    --depth_;
    return call(word, "not", {std::move(inner)});
  }

  Result<Term> comparison() {
    Term left = TRY(joined());
    if (peek().is_word("in")) return membership(std::move(left));
    if (peek().is_word("not") && peek(1).is_word("in")) {
      const Token word = take();
      return call(word, "not", {TRY(membership(std::move(left)))});
    }
    if (!is_one_of(kComparisons)) return left;
    const Token symbol = take();
    Term right = TRY(joined());
    if (is_one_of(kComparisons)) return unexpected("'and' or 'or'", "comparisons do not chain: write a < b and b < c");
    return call(symbol, symbol.text, {std::move(left), std::move(right)});
  }

  Result<Term> membership(Term value) {
    const Token word = take();
    if (!peek().is_symbol("(")) return unexpected("'(' and a list of values");
    std::vector<Term> arguments = TRY(argument_list());
    if (arguments.empty()) return source_.error(word.offset, "the list after 'in' is empty");
    arguments.insert(arguments.begin(), std::move(value));
    return call(word, "in", std::move(arguments));
  }

  Result<Term> signed_value() {
    if (!peek().is_symbol("-")) return primary();
    const Token symbol = take();
    TRY(enter());
    Term inner = TRY(signed_value());
    --depth_;
    return call(symbol, "negate", {std::move(inner)});
  }

  Result<Term> primary() {
    const Token& token = peek();
    switch (token.kind) {
      case Token::Kind::number: return number(take());
      case Token::Kind::text: take(); return Term{Term::Kind::literal, token.offset, {}, token.text, {}};
      case Token::Kind::column: take(); return Term{Term::Kind::column, token.offset, token.text, {}, {}};
      case Token::Kind::name: return named();
      case Token::Kind::symbol: return group();
      case Token::Kind::end: break;
    }
    return unexpected("a value");
  }

  Result<Term> number(const Token& token) {
    if (token.text.find_first_of(".eE") == std::string::npos) {
      const auto integer = text::parse_int(token.text);
      if (integer) return Term{Term::Kind::literal, token.offset, {}, *integer, {}};
      return source_.error(token.offset, fmt::format("{} does not fit an integer", token.text),
                           fmt::format("write {}.0 for a number", token.text));
    }
    const auto value = text::parse_double(token.text);
    if (value && *value <= std::numeric_limits<double>::max())
      return Term{Term::Kind::literal, token.offset, {}, *value, {}};
    return source_.error(token.offset, fmt::format("{} does not fit a number", token.text));
  }

  Result<Term> named() {
    const Token& token = peek();
    if (std::find(kOperatorWords.begin(), kOperatorWords.end(), token.text) != kOperatorWords.end())
      return unexpected("a value", fmt::format("a column named '{0}' is written [{0}]", token.text));
    take();
    if (token.text == "true") return Term{Term::Kind::literal, token.offset, {}, true, {}};
    if (token.text == "false") return Term{Term::Kind::literal, token.offset, {}, false, {}};
    if (token.text == "missing") return Term{Term::Kind::literal, token.offset, {}, MissingLiteral{}, {}};
    if (!peek().is_symbol("(")) return Term{Term::Kind::column, token.offset, token.text, {}, {}};
    return call(token, token.text, TRY(argument_list()));
  }

  Result<Term> group() {
    if (!peek().is_symbol("(")) return unexpected("a value");
    take();
    TRY(enter());
    Term inner = TRY(any());
    --depth_;
    if (!peek().is_symbol(")")) return unexpected("')'");
    take();
    return inner;
  }

  Result<std::vector<Term>> argument_list() {
    take();
    TRY(enter());
    std::vector<Term> arguments;
    while (!peek().is_symbol(")")) {
      if (!arguments.empty()) {
        if (!peek().is_symbol(",")) return unexpected("',' or ')'");
        take();
      }
      arguments.push_back(TRY(any()));
    }
    take();
    --depth_;
    return arguments;
  }

  Status enter() {
    if (++depth_ <= kDepthMax) return {};
    return source_.error(peek().offset, fmt::format("nested deeper than {} levels", kDepthMax));
  }

  const PlacedText& source_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Term> parse_expression(const PlacedText& source) {
  if (source.text.size() > kBytesMax)
    return source.error(0, fmt::format("expression of {} bytes, at most {}", source.text.size(), kBytesMax));
  std::vector<Token> tokens = TRY(cut_tokens(source));
  if (tokens.size() > kTokensMax)
    return source.error(tokens[kTokensMax].offset, fmt::format("expression of more than {} words", kTokensMax));
  return Parser(source, std::move(tokens)).parse();
}

}  // namespace aml::prep
