#include "cli/wrap.h"

#include <doctest/doctest.h>

using namespace aml::cli;

TEST_CASE("paragraphs are wrapped and keep their blank lines") {
  CHECK(wrap("one two three\n\nfour", {9, 1}) == " one two\n three\n\n four\n");
  CHECK(wrap("", {10, 0}).empty());
}

TEST_CASE("a paragraph that starts with a space is kept as it stands") {
  CHECK(wrap("text\n\n  $ ls   -l\n  file", {10, 2}) == "  text\n\n    $ ls   -l\n    file\n");
}

TEST_CASE("a word longer than the line stands alone") { CHECK(wrap("a abcdefghij b", {5, 0}) == "a\nabcdefghij\nb\n"); }

TEST_CASE("the right column is wrapped under itself") {
  CHECK(two_columns("-n N", "at most N runs", {10, 20}) == "  -n N    at most N\n          runs\n");
}

TEST_CASE("a left side that is too long gets a line of its own") {
  CHECK(two_columns("--very-long-flag", "text", {10, 20}) == "  --very-long-flag\n          text\n");
  CHECK(two_columns("left", "", {10, 20}) == "  left\n");
}
