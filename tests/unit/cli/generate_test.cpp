#include "cli/generate.h"

#include <doctest/doctest.h>

#include "text/json.h"

using namespace aml;
using namespace aml::cli;

namespace {

class Odd final : public Command {
 public:
  Spec spec() override {
    return {.name = "odd",
            .summary = "it's \"odd\" [very]: a\\b",
            .description = ".start with a dot\n\n  $ 'quoted'",
            .examples = {{"tool odd --like '*-x' ~/a", "quotes"}},
            .flags = {{'x', "ex", "X", "one of [a:b] 'c'", &value_, Group::selection, Complete::choice, {"a", "b"}}},
            .positionals = {{"RUN", "a run", &run_, Complete::run}}};
  }
  Result<ExitCode> run(Session&) override { return ExitCode::ok; }

 private:
  std::string value_;
  std::string run_;
};

class Hidden final : public Command {
 public:
  Spec spec() override { return {.name = "secret", .summary = "not shown", .hidden = true}; }
  Result<ExitCode> run(Session&) override { return ExitCode::ok; }
};

Tool tool() { return {.name = "tool", .summary = "a tool", .commands = {make<Odd>, make<Hidden>}}; }

}  // namespace

TEST_CASE("roff sees no stray requests, escapes or typographic quotes") {
  const std::string page = man_page(tool());
  CHECK(page.find("\n\\&.start with a dot\n") != std::string::npos);
  CHECK(page.find("it\\(aqs \\(dqodd\\(dq [very]: a\\(rsb") != std::string::npos);
  CHECK(page.find("tool odd \\-\\-like \\(aq*\\-x\\(aq \\(ti/a\n") != std::string::npos);
  for (const char c : page) CHECK(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("hidden commands are in the command table only") {
  for (const char* kind : {"man", "bash", "zsh", "fish", "names"})
    CHECK(generate(tool(), kind)->find("secret") == std::string::npos);
  CHECK(generate(tool(), "names").value() == "odd\n");
  CHECK(command_table(tool()).find("\"name\":\"secret\"") != std::string::npos);
}

TEST_CASE("the command table is JSON Lines") {
  const std::string table = command_table(tool());
  const auto first = text::parse_json(table.substr(0, table.find('\n')));
  REQUIRE(first.ok());
  CHECK(first->string_or("name", "") == "odd");
  CHECK((*first)["positionals"].items()[0].string() == "RUN");
  CHECK((*first)["flags"].items()[0].string_or("letter", "") == "x");
}

TEST_CASE("completions offer choices and ask the tool for runs") {
  CHECK(bash_completion(tool()).find("odd:-x|odd:--ex) COMPREPLY=($(compgen -W 'a b' -- \"$cur\"))") !=
        std::string::npos);
  CHECK(bash_completion(tool()).find("tool --complete run \"$cur\"") != std::string::npos);
  CHECK(zsh_completion(tool()).find("'--ex=[one of \\[a\\:b\\] '\\''c'\\'']:X:(a b)'") != std::string::npos);
  CHECK(fish_completion(tool()).find("-s x -l ex -x -a 'a b' -d 'one of [a:b] \\'c\\''") != std::string::npos);
}

TEST_CASE("an unknown kind is refused with the nearest") {
  CHECK(generate(tool(), "bsah").error().hint == "did you mean 'bash'?");
}
