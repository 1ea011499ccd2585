#include "synth/position.h"

#include <doctest/doctest.h>

using namespace aml::synth;

TEST_CASE("offsets count characters from either end") {
  CHECK(locate({Position::Kind::offset, 2}, "éab") == 3);
  CHECK(locate({Position::Kind::offset, -1}, "abé") == 2);
  CHECK(locate({Position::Kind::offset, 4}, "abc") == kNowhere);
  CHECK(locate({Position::Kind::offset, -4}, "abc") == kNowhere);
}

TEST_CASE("before and after stand at the ends of the k-th match") {
  CHECK(locate({Position::Kind::before, -1, {Token::literal, "."}}, "a.b.c") == 3);
  CHECK(locate({Position::Kind::after, 1, {Token::literal, "."}}, "a.b.c") == 2);
  CHECK(locate({Position::Kind::after, 3, {Token::literal, "."}}, "a.b.c") == kNowhere);
}

TEST_CASE("an edge stands between two tokens") {
  const Position edge{Position::Kind::edge, 1, {Token::lower}, {Token::digits}};
  CHECK(locate(edge, "ab 1cd2") == 6);
  CHECK(locate({Position::Kind::edge, -1, {Token::lower}, {Token::digits}}, "a1b2") == 3);
  CHECK(locate(edge, "ab 1") == kNowhere);
}

TEST_CASE("relative positions are told from the slice's beginning") {
  CHECK(locate({Position::Kind::plus, 2}, "abcd", 1) == 3);
  CHECK(locate({Position::Kind::next, 0, {Token::literal, ","}}, "a,b,c", 2) == 3);
  CHECK(locate({Position::Kind::past, 0, {Token::digits}}, "a12b34", 3) == 6);
  CHECK(locate({Position::Kind::plus, 9}, "abcd", 1) == kNowhere);
}

TEST_CASE("the ends of a text cost less than a far-fetched place") {
  const int ends = cost_of({Position::Kind::start}, false);
  CHECK(ends < cost_of({Position::Kind::after, 1, {Token::literal, ","}}, false));
  CHECK(cost_of({Position::Kind::offset, 3}, true) < cost_of({Position::Kind::offset, 3}, false));
}
