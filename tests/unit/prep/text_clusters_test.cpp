#include "prep/text_clusters.h"

#include <doctest/doctest.h>

using namespace aml::prep;
using Writings = std::map<std::string, std::string>;

TEST_CASE("a fingerprint is blind to order, case, punctuation and spaces") {
  CHECK(fingerprint(" New  York, ") == "new york");
  CHECK(fingerprint("York New new") == "new york");
  CHECK(fingerprint("Ärzte-Haus") == "ärztehaus");
  CHECK(fingerprint("?!") == "");
}

TEST_CASE("n-grams are blind to spaces too, and count characters") {
  CHECK(ngram_fingerprint("New York", 2) == ngram_fingerprint("newyork", 2));
  CHECK(ngram_fingerprint("abab", 2) == "abba");
  CHECK(ngram_fingerprint("äb", 1) == "bä");
  CHECK(ngram_fingerprint("a", 2) == "a");
}

TEST_CASE("distances count characters, and stop at the limit") {
  CHECK(edit_distance("kitten", "sitting", 5) == 3);
  CHECK(edit_distance("kitten", "sitting", 2) == 3);
  CHECK(edit_distance("für", "fur", 3) == 1);
  CHECK(edit_distance("", "ab", 3) == 2);
  CHECK(edit_distance("", "abcd", 3) == 4);
  CHECK(edit_distance("same", "same", 0) == 0);
  CHECK(edit_distance(std::string(300, 'a'), std::string(300, 'a'), 1) == 2);
}

TEST_CASE("the most frequent writing stands for its cluster, the first of equally frequent ones") {
  CHECK(cluster_texts({{"New York", 3}, {"new york", 1}, {"York, New", 2}, {"Oslo", 9}}, {}) ==
        Writings{{"new york", "New York"}, {"York, New", "New York"}});
  CHECK(cluster_texts({{"b a", 1}, {"a b", 1}}, {}) == Writings{{"b a", "a b"}});
  CHECK(cluster_texts({{"", 5}, {"--", 1}, {"?", 1}}, {}).empty());
  CHECK(cluster_texts({{"new york", 1}, {"newyork", 2}}, {ClusterMethod::ngrams, 2}) ==
        Writings{{"new york", "newyork"}});
}

TEST_CASE("near texts make one cluster, also through one between") {
  const ClusterOptions near{ClusterMethod::distance, 1};
  CHECK(cluster_texts({{"Boston", 5}, {"bostn", 1}, {"bosten", 1}, {"oslo", 1}}, near) ==
        Writings{{"bostn", "Boston"}, {"bosten", "Boston"}});
  CHECK(cluster_texts({{"abcdef", 1}, {"abcdeg", 1}, {"abcdhg", 2}}, near) ==
        Writings{{"abcdef", "abcdhg"}, {"abcdeg", "abcdhg"}});
  CHECK(cluster_texts({{"abc", 1}, {"xyz", 1}}, near).empty());
}
