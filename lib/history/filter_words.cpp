#include "history/filter_words.h"

#include <fmt/format.h>

#include "base/time.h"
#include "text/numbers.h"

namespace aml::history {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c) || std::string_view(".-/:@\"").find(c) < 6; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  Result<std::vector<Word>> split() {
    std::vector<Word> words;
    for (;;) {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
      words.push_back(TRY(next()));
      if (words.back().kind == Word::Kind::end) return words;
    }
  }

 private:
  Result<Word> next() {
    Word word;
    word.column = at_ + 1;
    if (at_ == text_.size()) return word;
    const char c = text_[at_];
    if (c == '\'' || c == '"') {
      word.kind = Word::Kind::quoted;
      word.text = TRY(quoted());
      return word;
    }
    if (is_name_start(c)) {
      word.kind = Word::Kind::name;
      word.text = TRY(name());
      return word;
    }
    if (is_digit(c) || c == '.' || c == '-' || c == '+') return number(word);
    return symbol(word);
  }

  // From a quote to the same quote; the quote itself is written twice.
  Result<std::string> quoted() {
    const char quote = text_[at_];
    const size_t column = at_ + 1;
    std::string content;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        if (at_ == text_.size() || text_[at_] != quote) return content;
      }
      content.push_back(text_[at_]);
    }
    return filter_error(column, "text without a closing quote");
  }

  // metrics.`val loss` and metrics."val loss" are one name.
  Result<std::string> name() {
    std::string name;
    while (at_ < text_.size() && is_name_part(text_[at_])) {
      if (text_[at_] == '`' || text_[at_] == '"') name += TRY(quoted());
      else name.push_back(text_[at_++]);
    }
    return name;
  }

  Result<Word> number(Word word) {
    const size_t start = at_;
    while (at_ < text_.size() && (is_name_part(text_[at_]) || text_[at_] == '+')) ++at_;
    word.text = text_.substr(start, at_ - start);
    if (const auto value = text::parse_double(word.text)) {
      word.kind = Word::Kind::number;
      word.number = *value;
      return word;
    }
    const auto ns = parse_duration_ns(word.text);
    if (!ns) return filter_error(word.column, fmt::format("'{}' is neither a number nor a duration", word.text));
    word.kind = Word::Kind::duration;
    word.number = static_cast<double>(*ns) * 1e-9;
    return word;
  }

  Result<Word> symbol(Word word) {
    word.kind = Word::Kind::symbol;
    for (const std::string_view symbol : {"==", "!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","}) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      at_ += symbol.size();
      word.text = symbol;
      return word;
    }
    return filter_error(word.column, fmt::format("unexpected '{}'", text_[at_]));
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Error filter_error(size_t column, std::string message) {
  return Error{ErrorKind::usage, fmt::format("filter, column {}: {}", column, message),
               "for example: metrics.accuracy > 0.9 and params.learner = 'fast_trees'"};
}

Result<std::vector<Word>> split_filter(std::string_view text) { return Splitter(text).split(); }

}  // namespace aml::history
