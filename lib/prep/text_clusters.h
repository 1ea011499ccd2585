// Different writings of one thing, found in the values of a column: "New York", "new york " and "York, New". The
// methods are those of OpenRefine: key collision by fingerprint or by n-grams, and edit distance within blocks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aml::prep {

// Its words in lower case, without punctuation, sorted, each once.
std::string fingerprint(std::string_view text);

// The pieces of `size` characters of the text in lower case without spaces and punctuation, sorted, each once.
std::string ngram_fingerprint(std::string_view text, size_t size);

// How many characters have to be put in, left out or exchanged, if at most `limit`; else limit + 1.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit);

enum class ClusterMethod : uint8_t { fingerprint, ngrams, distance };

struct ClusterOptions {
  ClusterMethod method = ClusterMethod::fingerprint;
  size_t number = 0;  // of characters in an n-gram, or the largest distance
};

// For each value that has a better writing, that one: the most frequent of its cluster, the first in the order of bytes
// of equally frequent ones. Distances are measured without case and punctuation, between values that share three
// letters in a row, and are passed on: a near b near c makes one cluster.
std::map<std::string, std::string> cluster_texts(const std::map<std::string, uint64_t>& counts,
                                                 const ClusterOptions& options);

}  // namespace aml::prep
