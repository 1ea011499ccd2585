#include <doctest/doctest.h>

#include "unit/prep/evaluate.h"

using namespace aml;
using namespace aml::prep;
using table::ColumnType;
using Cells = std::vector<std::string>;

namespace {

Cells evaluate(const std::string& text) {
  static const table::Batch batch = make_batch({{"t", ColumnType::text, {"foo12bar7", "x", "", "äöü9", "a--b-c"}},
                                                {"n", ColumnType::int64, {"1", "2", "3", "4", "5"}}});
  return evaluate_over(batch, text);
}

}  // namespace

TEST_CASE("matches looks anywhere in the text") {
  CHECK(evaluate(R"(matches(t, '\\d'))") == Cells{"true", "false", "-", "true", "false"});
  CHECK(evaluate(R"(matches(t, r'^\w$'))") == Cells{"false", "true", "-", "false", "false"});
  CHECK(evaluate(R"(matches(t, r'(?i)^FOO'))") == Cells{"true", "false", "-", "false", "false"});
}

TEST_CASE("extract gives the first group, the group that is named, or the match") {
  CHECK(evaluate(R"(extract(t, r'[a-z]+'))") == Cells{"foo", "x", "-", "-", "a"});
  CHECK(evaluate(R"(extract(t, r'([a-z]+)(\d+)'))") == Cells{"foo", "-", "-", "-", "-"});
  CHECK(evaluate(R"(extract(t, r'([a-z]+)(\d+)', 2))") == Cells{"12", "-", "-", "-", "-"});
  CHECK(evaluate(R"(extract(t, r'([a-z]+)(\d+)', 0))") == Cells{"foo12", "-", "-", "-", "-"});
  CHECK(evaluate(R"(extract(t, r'(x)?f'))") == Cells{"-", "-", "-", "-", "-"});
  CHECK(evaluate(R"(extract(t, r'.(.)', 3))") ==
        Cells{"e:1:21: the regular expression has no group 3", "it has 1; 0 is all of the match"});
  CHECK(evaluate(R"(extract(t, 'a', -1))")[0] == "e:1:17: the regular expression has no group -1");
}

TEST_CASE("replace_pattern replaces every match, and knows groups") {
  CHECK(evaluate(R"(replace_pattern(t, r'(\d)(\d)?', r'<\2\1>'))") ==
        Cells{"foo<21>bar<7>", "x", "-", "äöü<9>", "a--b-c"});
  CHECK(evaluate(R"(replace_pattern(t, '', '.'))")[3] == ".ä.ö.ü.9.");
  CHECK(evaluate(R"(replace_pattern(t, 'a', r'\1'))")[0].starts_with("e:1:25: the replacement is wrong: "));
}

TEST_CASE("count_pattern and split_pattern go on behind each match") {
  CHECK(evaluate(R"(count_pattern(t, r'\d'))") == Cells{"3", "0", "-", "1", "0"});
  CHECK(evaluate(R"(count_pattern(t, ''))") == Cells{"10", "2", "-", "5", "7"});
  CHECK(evaluate(R"(split_pattern(t, '-+', 1))") == Cells{"foo12bar7", "x", "-", "äöü9", "a"});
  CHECK(evaluate(R"(split_pattern(t, '-+', 3))") == Cells{"-", "-", "-", "-", "c"});
  CHECK(evaluate(R"(split_pattern(t, '-', 2))")[4] == "");
  CHECK(evaluate(R"(split_pattern(t, '-*', 2))")[4] == "b");
  CHECK(evaluate(R"(split_pattern(t, '-', 0))")[0] == "e:1:23: pieces are numbered from 1");
}

TEST_CASE("a pattern is a constant, and a wrong one is shown where it stands") {
  CHECK(evaluate("matches(t, '(')") == Cells{"e:1:12: the regular expression is wrong: missing ): (",
                                             "its syntax is RE2's; r'\\d+' spares doubling each \\"});
  CHECK(evaluate("matches(t, t)")[0] == "e:1:12: argument 2 of 'matches' must be a constant");
  CHECK(evaluate("matches(t, missing)")[0] == "e:1:12: argument 2 of 'matches' must be a constant");
  CHECK(evaluate("extract(t, 'a', n)")[0] == "e:1:17: argument 3 of 'extract' must be a constant");
  CHECK(evaluate("matches('abc', lower('B'))") == Cells(5, "true"));
  CHECK(evaluate("matches(t, '" + std::string(101, '(') + std::string(101, ')') + "')")[0] ==
        "e:1:12: the regular expression has more than 100 groups");
  CHECK(evaluate("matches(t, '(((a{1000}){1000}){1000})')")[0].starts_with("e:1:12: the regular expression is wrong"));
}

TEST_CASE("raw texts keep their backslashes") {
  CHECK(evaluate(R"(r'\n' ++ r"'")")[0] == "\\n'");
  CHECK(evaluate("r'abc")[0] == "e:1:1: the text that starts here has no closing '");
}
