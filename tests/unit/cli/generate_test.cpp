#include "cli/generate.h"

#include "text/json.h"
#include "unit/cli/odd_tool.h"

using namespace aml;
using namespace aml::cli;
using namespace aml::cli::test;

TEST_CASE("hidden commands are in the command table only") {
  for (const char* kind : {"man", "bash", "zsh", "fish", "names"})
    CHECK(generate(tool(), kind)->find("secret") == std::string::npos);
  CHECK(generate(tool(), "names").value() == "odd\nlaunch\n");
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

TEST_CASE("only what a tool knows at run time is asked of it") {
  CHECK(completion_word(Complete::run) == "run");
  CHECK(completion_word(Complete::model) == "model");
  for (const Complete kind : {Complete::none, Complete::file, Complete::directory, Complete::choice})
    CHECK(completion_word(kind).empty());
}

TEST_CASE("an unknown kind is refused with the nearest") {
  CHECK(generate(tool(), "bsah").error().hint == "did you mean 'bash'?");
}
