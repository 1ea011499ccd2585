// The words of a program's text, for its parser.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace aml::synth {

struct Word {
  enum class Kind : uint8_t { name, column, string, number, sign, end_of_line, end };
  Kind kind = Kind::end;
  std::string text;  // a string or [column] without quotes and escapes; a number with its sign and unit
  size_t line = 1;
  size_t column = 1;

  Error error(std::string_view message) const;  // bad_data: "2:17: message"
};

class ProgramLexer {
 public:
  explicit ProgramLexer(std::string_view text) : text_(text) {}
  Result<Word> next();

 private:
  Result<std::string> read_string(const Word& start);
  Result<std::string> read_column(const Word& start);
  Result<char> read_escape(const Word& start);
  bool is_done() const { return at_ >= text_.size(); }

  std::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
  size_t line_begin_ = 0;
};

}  // namespace aml::synth
