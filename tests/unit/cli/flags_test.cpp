#include "cli/flags.h"

#include <doctest/doctest.h>

#include <set>

using namespace aml;
using namespace aml::cli;

namespace {

using Texts = std::vector<std::string>;

Texts output_names(const Spec& spec) {
  CommonFlags values;
  Texts names;
  for (const Flag& flag : output_flags(spec, values)) names.push_back(flag.name);
  return names;
}

}  // namespace

TEST_CASE("each kind of output brings its flags") {
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::none}) == Texts{"json"});
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::id}) == Texts{"json", "null"});
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::records}) == Texts{"json", "tsv", "ids", "null"});
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::record}) == Texts{"json", "tsv", "ids", "null"});
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::data}) == Texts{"json", "output", "force"});
  CHECK(output_names({.name = "c", .summary = "s", .output = Output::id, .dry_run = true}) ==
        Texts{"json", "null", "dry-run"});
}

TEST_CASE("a command that reads names from - understands -0 whatever it prints") {
  std::vector<std::string> many;
  const Spec names{.name = "c", .summary = "s", .positionals = {{"RUN", "runs", &many, Complete::run}}};
  CHECK(output_names(names) == Texts{"json", "null"});
  const Spec files{.name = "c", .summary = "s", .positionals = {{"FILE", "files", &many, Complete::file}}};
  CHECK(output_names(files) == Texts{"json"});
}

TEST_CASE("all flags are the command's, then its output's, then the common ones, and no two alike") {
  int64_t limit = 0;
  CommonFlags values;
  const Spec spec{
      .name = "c", .summary = "s", .flags = {{'n', "limit", "N", "at most N", &limit}}, .output = Output::data};
  const std::vector<Flag> flags = all_flags(spec, values);
  CHECK(flags[0].name == "limit");
  CHECK(flags[1].name == "json");
  CHECK(flags[4].short_name == 'h');
  CHECK(flags.back().name == "print-config");
  std::multiset<std::string> words;
  std::multiset<char> letters;
  for (const Flag& flag : flags) {
    if (!flag.name.empty()) words.insert(flag.name);
    if (flag.short_name != 0) letters.insert(flag.short_name);
  }
  for (const std::string& word : words) CHECK_MESSAGE(words.count(word) == 1, word);
  for (const char letter : letters) CHECK_MESSAGE(letters.count(letter) == 1, letter);
}

TEST_CASE("a flag is spelled with its long name if it has one") {
  bool on = false;
  int64_t times = 0;
  std::string text;
  std::vector<std::string> many;
  const Flag letter{'h', "", "", "", &on};
  const Flag both{'n', "limit", "N", "", &text};
  const Flag negatable{0, "cache", "", "", &on, {}, {}, {}, false, true};
  CHECK(spelled(letter) == "-h");
  CHECK(spelled(both) == "--limit");
  CHECK(signature(letter) == "-h");
  CHECK(signature(both) == "-n, --limit N");
  CHECK(signature(negatable) == "    --[no-]cache");
  CHECK(takes_value(both));
  CHECK(!takes_value(letter));
  CHECK(!takes_value(Flag{'v', "verbose", "", "", Count{&times}}));
  CHECK(!is_many(both));
  CHECK(is_many(Flag{'p', "param", "P", "", &many}));
}

TEST_CASE("a positional says whether it may be absent, and whether there may be many") {
  std::string one;
  std::optional<std::string> maybe;
  std::vector<std::string> many;
  CHECK(signature(Positional{"FILE", "", &one}) == "FILE");
  CHECK(signature(Positional{"FILE", "", &maybe}) == "[FILE]");
  CHECK(signature(Positional{"FILE", "", &many}) == "FILE…");
  CHECK(signature(Positional{"FILE", "", &many, Complete::file, 0}) == "[FILE…]");
}
