#include "project/glob.h"

#include <doctest/doctest.h>

#include <string>

using namespace aml::project;

namespace {
bool crosses(std::string_view pattern, std::string_view text) { return glob_matches(pattern, text, Slashes::free); }
bool stops(std::string_view pattern, std::string_view text) { return glob_matches(pattern, text, Slashes::separate); }
}  // namespace

TEST_CASE("a star stops at a slash unless slashes are free") {
  CHECK(stops("*.log", "a.log"));
  CHECK(!stops("*.log", "b/a.log"));
  CHECK(crosses("*.log", "b/a.log"));
  CHECK(stops("a/*/c", "a/b/c"));
  CHECK(!stops("a/*/c", "a/b/b/c"));
}

TEST_CASE("two stars between slashes stand for any number of folders, none included") {
  CHECK(stops("**/x", "x"));
  CHECK(stops("**/x", "a/b/x"));
  CHECK(stops("a/**/x", "a/x"));
  CHECK(stops("a/**/x", "a/b/c/x"));
  CHECK(stops("a/**", "a/b/c"));
  CHECK(!stops("a/**", "a"));
  CHECK(!stops("a**/x", "ab/c/x"));
}

TEST_CASE("brackets know ranges, negation, classes and escapes") {
  CHECK(stops("[a-c]x", "bx"));
  CHECK(!stops("[!a-c]x", "bx"));
  CHECK(!stops("[^a-c]x", "bx"));
  CHECK(stops("[]]", "]"));
  CHECK(stops("[a-]", "-"));
  CHECK(stops("[[:digit:]]", "7"));
  CHECK(!stops("[[:digit:]]", "x"));
  CHECK(stops("[\\]]", "]"));
  CHECK(!stops("[!a]", "/"));
}

TEST_CASE("broken patterns match nothing") {
  CHECK(!stops("[a", "a"));
  CHECK(!stops("[[:nothing:]]", "a"));
  CHECK(!stops("a\\", "a\\"));
}

TEST_CASE("many stars against a long text end soon") {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "*a";
  CHECK(!stops(pattern + "b", std::string(2000, 'a')));
}
