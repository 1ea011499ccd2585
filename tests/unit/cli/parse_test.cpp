#include "cli/parse.h"

#include <doctest/doctest.h>

using namespace aml;
using namespace aml::cli;

namespace {

using Words = std::vector<std::string>;

struct Parsed {
  std::optional<Error> error;
  Words program;
  CommonFlags common;
  uint64_t limit = 20;
  bool deep = false;
  std::optional<std::string> since;
  Words tags;
  Words names;

  Spec spec() {
    return {.name = "list",
            .summary = "list",
            .flags = {{'n', "limit", "N", "at most N", &limit},
                      {'d', "deep", "", "all levels", &deep, Group::selection, Complete::none, {}, false, true},
                      {0, "since", "TIME", "from TIME on", &since},
                      {'t', "tag", "TAG", "with TAG", &tags}},
            .positionals = {{"NAME", "names", &names, Complete::run, 0}},
            .output = Output::records};
  }
};

Parsed parse_words(const Words& words) {
  Parsed parsed;
  auto program = parse(parsed.spec(), parsed.common, cut_line(words));
  if (program.ok()) parsed.program = *program;
  else parsed.error = program.error();
  return parsed;
}

std::string message_of(const Words& words) {
  const Parsed parsed = parse_words(words);
  return parsed.error ? parsed.error->message : "";
}

}  // namespace

TEST_CASE("flags and names may be mixed in any order") {
  const Parsed parsed = parse_words({"-v", "list", "a", "-n5", "-vd", "b", "--since=1", "-t", "x", "--tag", "y", "-0"});
  REQUIRE(!parsed.error);
  CHECK(parsed.names == Words{"a", "b"});
  CHECK(parsed.limit == 5);
  CHECK(parsed.deep);
  CHECK(parsed.common.verbose == 2);
  CHECK(parsed.since == "1");
  CHECK(parsed.tags == Words{"x", "y"});
  CHECK(parsed.common.null_terminated);
}

TEST_CASE("a value may look like anything") {
  const Parsed parsed = parse_words({"list", "-t", "-x", "-t", "{}", "--tag=", "-t", "[a,b]", "--tag=a=b", "--since="});
  REQUIRE(!parsed.error);
  CHECK(parsed.tags == Words{"-x", "{}", "", "[a,b]", "a=b"});
  CHECK(parsed.since == "");
  CHECK(parsed.names.empty());
}

TEST_CASE("two dashes end the flags") {
  const Parsed parsed = parse_words({"list", "a", "--", "-n", "--"});
  REQUIRE(!parsed.error);
  CHECK(parsed.names == Words{"a", "-n", "--"});
  CHECK(parsed.limit == 20);
}

TEST_CASE("switches turn off by their negation and only without a value") {
  CHECK(!parse_words({"list", "--no-deep"}).deep);
  CHECK(message_of({"list", "--deep", "--no-deep"}) == "--deep and --no-deep exclude each other");
  CHECK(message_of({"list", "--deep=no"}) == "--deep takes no value");
}

TEST_CASE("abbreviations, repetitions and missing values are usage errors") {
  CHECK(message_of({"list", "--lim", "3"}) == "unknown flag '--lim'");
  CHECK(message_of({"list", "--limti=3"}) == "unknown flag '--limti'");
  CHECK(message_of({"list", "-vz"}) == "unknown flag '-z'");
  CHECK(message_of({"list", "-n", "1", "--limit", "1"}) == "--limit is given 2 times");
  CHECK(message_of({"list", "-n"}) == "--limit needs a value: at most N");
  CHECK(message_of({"list", "-n", "--", "3"}) == "--limit needs a value: at most N");
  CHECK(message_of({"list", "--json", "--ids"}) == "--json, --tsv and --ids exclude each other");
  CHECK(message_of({"list", "-q", "-v"}) == "-q and -v exclude each other");
  CHECK(message_of({"list", "-", "a", "-"}) == "'-' is given twice");
}

TEST_CASE("help is given whatever else is wrong") {
  const Parsed parsed = parse_words({"list", "-h", "--nonsense"});
  CHECK(!parsed.error);
  CHECK(parsed.common.short_help);
}

TEST_CASE("the command is found behind common flags and their values") {
  CHECK(cut_line({"-C", "list", "-j", "4", "show", "list"}).command == "show");
  CHECK(cut_line({"-vC", "list", "show"}).command == "show");
  CHECK(cut_line({"--seed=1", "show"}).command == "show");
  CHECK(cut_line({"--", "show"}).command.empty());
  CHECK(cut_line({"--lim", "3", "list"}).stray_flag == "--lim");
  CHECK(cut_line({"-v", "--color", "never", "list", "--lim", "3"}).stray_flag.empty());
}

TEST_CASE("a program starts at two dashes or at the first word, and keeps its own flags") {
  CommonFlags common;
  std::string name;
  Spec spec{.name = "submit", .summary = "run", .flags = {{'n', "name", "NAME", "a name", &name}}};
  spec.takes_command_line = true;
  const auto program_of = [&](const Words& words) { return parse(spec, common, cut_line(words)); };
  CHECK(program_of({"submit", "-n", "x", "--", "sh", "-c", "a b", "--"}).value() == Words{"sh", "-c", "a b", "--"});
  CHECK(name == "x");
  CHECK(program_of({"submit", "python3", "-n", "y", "--", "z"}).value() == Words{"python3", "-n", "y", "--", "z"});
  CHECK(name == "x");
  CHECK(program_of({"submit"}).error().message == "missing the program to run");
  CHECK(program_of({"submit", "--nmae", "--", "sh"}).error().hint == "did you mean '--name'?");
}

TEST_CASE("a required flag is asked for by name") {
  CommonFlags common;
  std::string label;
  Spec spec{.name = "train", .summary = "train", .flags = {{0, "label", "COLUMN", "what to predict", &label}}};
  spec.flags[0].required = true;
  CHECK(parse(spec, common, cut_line({"train"})).error().message == "missing --label COLUMN: what to predict");
  CHECK(parse(spec, common, cut_line({"train", "--label", "y"})).ok());
  CHECK(label == "y");
}
