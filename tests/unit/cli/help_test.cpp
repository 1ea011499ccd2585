#include "cli/help.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "text/unicode.h"

using namespace aml;
using namespace aml::cli;

namespace {

// A command with `count` flags whose help is longer than a line.
Spec crowded(size_t count, bool& target) {
  Spec spec{.name = "crowd", .summary = "has many flags"};
  for (size_t i = 0; i < count; ++i)
    spec.flags.push_back({0, "flag-number-" + std::to_string(i), "", std::string(100, 'x'), &target});
  spec.flags.back().required = true;
  return spec;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("short help keeps to 24 lines of 79 columns however many flags there are") {
  bool target = false;
  for (const size_t count : {1U, 5U, 10U, 13U, 14U, 15U, 20U, 40U, 200U}) {
    CAPTURE(count);
    const auto lines = lines_of(short_help("amlprep", crowded(count, target)));
    CHECK(lines.size() <= kShortHelpLines);
    for (const std::string& line : lines) CHECK(text::display_width(line) <= kHelpColumns);
  }
}

TEST_CASE("short help wraps what a flag does where there is room, and cuts it where there is none") {
  bool target = false;
  Spec spec{.name = "crowd", .summary = "has flags"};
  const std::string help = "a text of many words that is certainly a good deal longer than what is left of one line";
  spec.flags.push_back({0, "first", "", help, &target});
  const std::string first_line = "      --first   a text of many words that is certainly a good deal longer than";
  CHECK(short_help("amlprep", spec).find(first_line + "\n                what is left of one line\n") !=
        std::string::npos);
  for (int i = 0; i < 9; ++i) spec.flags.push_back(spec.flags[0]);
  CHECK(short_help("amlprep", spec).find(first_line + "…\n") != std::string::npos);
}

TEST_CASE("short help shows required flags first and names the others") {
  bool target = false;
  const std::string help = short_help("amlprep", crowded(20, target));
  CHECK(help.find("--flag-number-19  xxx") < help.find("--flag-number-0 "));
  CHECK(help.find("and --flag-number-") != std::string::npos);
}

TEST_CASE("full help groups the flags and tells the codes") {
  std::string input;
  std::string order;
  Spec spec{.name = "sort",
            .summary = "sort a table",
            .examples = {{"amlprep sort a.csv", "by the first column"}},
            .flags = {{0, "delimiter", "C", "what stands between", &input, Group::input},
                      {0, "order", "KEY", "by KEY", &order}},
            .output = Output::data,
            .exit_notes = {"6  a row has too few columns"},
            .see_also = {"aml-prep(5)"}};
  const std::string help = full_help("amlprep", spec);
  const std::vector<std::string> wanted = {"amlprep sort: sort a table\n",
                                           "\nUsage:\n  amlprep sort [FLAGS]\n",
                                           "\nExamples:\n  amlprep sort a.csv\n      by the first column\n",
                                           "\nInput:\n      --delimiter C  what stands between\n",
                                           "\nSelection:\n      --order KEY  by KEY\n",
                                           "\nOutput:\n",
                                           "  -o, --output FILE",
                                           "\nCommon:\n",
                                           "  6     a row has too few columns\n  7     ",
                                           "\nSee also:\n  aml-prep(5), amlprep(1), aml(7)\n"};
  size_t at = 0;
  for (const std::string& text : wanted) {
    CAPTURE(text);
    const size_t found = help.find(text, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
}

TEST_CASE("the usage line says what is needed") {
  std::string label;
  std::vector<std::string> files;
  Spec spec{.name = "train",
            .summary = "train",
            .flags = {{0, "label", "COLUMN", "what to predict", &label}},
            .positionals = {{"FILE", "tables", &files}}};
  spec.flags[0].required = true;
  CHECK(usage_line("amlrun", spec) == "amlrun train [FLAGS] --label COLUMN FILE…");
  spec.positionals[0].min_count = 0;
  spec.takes_command_line = true;
  CHECK(usage_line("amlrun", spec) == "amlrun train [FLAGS] --label COLUMN [FILE…] -- PROGRAM [ARG…]");
}
