#include "project/ignore_list.h"

#include <doctest/doctest.h>

using namespace aml::project;

namespace {
bool matches(std::string_view rules, std::string_view path, bool is_directory = false) {
  const IgnoreList list(rules, "", "x");
  const IgnorePattern* pattern = list.find(path, is_directory);
  return pattern != nullptr && !pattern->brings_back;
}
}  // namespace

TEST_CASE("the last matching line decides") {
  CHECK(matches("*.log\n", "a/b.log"));
  CHECK(!matches("*.log\n!b.log\n", "a/b.log"));
  CHECK(matches("*.log\n!b.log\nb.*\n", "a/b.log"));
}

TEST_CASE("a slash anywhere but at the end anchors a line") {
  CHECK(matches("/a", "a"));
  CHECK(!matches("/a", "b/a"));
  CHECK(!matches("b/a", "c/b/a"));
  CHECK(matches("a/", "b/a", true));
  CHECK(!matches("a/", "b/a", false));
}

TEST_CASE("comments, blank lines, escapes and spaces at the end are read as git reads them") {
  CHECK(!matches("#a\n\n   \n", "#a"));
  CHECK(matches("\\#a\n", "#a"));
  CHECK(matches("\\!a\n", "!a"));
  CHECK(matches("a   \n", "a"));
  CHECK(matches("a\\ \n", "a "));
  CHECK(!matches("a\\ \n", "a"));
  CHECK(matches("a\r\n", "a"));
  CHECK(
      matches("\xef\xbb\xbf"
              "a\n",
              "a"));
  CHECK(matches("a", "a"));
}

TEST_CASE("a list below the top speaks for its own folder only") {
  const IgnoreList list("/a\n", "sub", "sub/.gitignore");
  CHECK(list.find("sub/a", false) != nullptr);
  CHECK(list.find("a", false) == nullptr);
  CHECK(list.find("subway/a", false) == nullptr);
  CHECK(list.describe(*list.find("sub/a", false)) == "sub/.gitignore:1: /a");
}

TEST_CASE("a line that brings back a path says into which folders it reaches") {
  const IgnoreList list("!data/train/x.csv\n", "", ".amlignore");
  CHECK(list.brings_back_below("data"));
  CHECK(list.brings_back_below("data/train"));
  CHECK(!list.brings_back_below("dat"));
  CHECK(!list.brings_back_below("data/test"));
}
