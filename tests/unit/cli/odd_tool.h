// A tool whose texts hold whatever roff and shells could mistake for something else, and a flag of each kind.
#pragma once

#include <doctest/doctest.h>

#include "cli/generate.h"

namespace aml::cli::test {

class Odd final : public Command {
 public:
  Spec spec() override {
    return {.name = "odd",
            .summary = "it's \"odd\" [very]: a\\b",
            .description = ".start with a dot\n\n  $ 'quoted'",
            .examples = {{"tool odd --like '*-x' ~/a", "quotes"}},
            .flags = {{'x', "ex", "X", "one of [a:b] 'c'", &value_, Group::selection, Complete::choice, {"a", "b"}},
                      {0, "on", "", "switch", &on_, Group::selection, Complete::none, {}, false, true},
                      {0, "in", "FILE", "read it", &file_, Group::input, Complete::file},
                      {'m', "model", "M", "models", &models_, Group::input, Complete::model}},
            .positionals = {{"RUN", "a run", &run_, Complete::run}},
            .exit_notes = {"3  some failed"},
            .see_also = {"tool-other(1)", "amlhist-show(1)"}};
  }
  Result<ExitCode> run(Session&) override { return ExitCode::ok; }

 private:
  std::string value_;
  std::string file_;
  std::string run_;
  std::vector<std::string> models_;
  bool on_ = false;
};

class Launcher final : public Command {
 public:
  Spec spec() override { return {.name = "launch", .summary = "run a program", .takes_command_line = true}; }
  Result<ExitCode> run(Session&) override { return ExitCode::ok; }
};

class Hidden final : public Command {
 public:
  Spec spec() override { return {.name = "secret", .summary = "not shown", .hidden = true}; }
  Result<ExitCode> run(Session&) override { return ExitCode::ok; }
};

inline Tool tool() {
  return {.name = "tool", .summary = "a tool", .commands = {make<Odd>, make<Launcher>, make<Hidden>}};
}

// How often a whole line stands in a text.
inline int count_lines(const std::string& text, const std::string& line) {
  int count = 0;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.find('\n', start), text.size());
    count += text.compare(start, end - start, line) == 0 ? 1 : 0;
    start = end + 1;
  }
  return count;
}

}  // namespace aml::cli::test
