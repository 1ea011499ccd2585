#include "prep/text_clusters.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "text/letter_case.h"
#include "text/unicode.h"

namespace aml::prep {
namespace {

constexpr size_t kBlockCharacters = 3;
constexpr size_t kBlockMax = 1000;    // values; a larger block tells nothing, and its pairs would take too long
constexpr size_t kComparedMax = 256;  // characters of a value that is compared

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  while (!text.empty()) {
    const size_t size = std::max<size_t>(1, text::utf8_sequence_length(text));
    characters.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return characters;
}

// Letters, digits and all beyond ASCII; spaces become one each, other signs go.
std::string simplify(std::string_view text) {
  std::string lower, simple;
  text::append_lower(lower, text);
  for (const char c : lower) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) simple += c;
    else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') simple += ' ';
  }
  return simple;
}

std::string join_sorted(std::vector<std::string> parts, std::string_view separator) {
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

std::vector<std::string> ngrams_of(std::string_view text, size_t size) {
  std::string simple = simplify(text);
  std::erase(simple, ' ');
  const auto characters = characters_of(simple);
  std::vector<std::string> ngrams;
  for (size_t i = 0; i + size <= characters.size(); ++i) {
    const char* begin = characters[i].data();
    const std::string_view last = characters[i + size - 1];
    ngrams.emplace_back(begin, static_cast<size_t>(last.data() + last.size() - begin));
  }
  if (ngrams.empty() && !simple.empty()) ngrams.push_back(simple);  // shorter than one
  return ngrams;
}

// Sets of values that grow together.
class Clusters {
 public:
  explicit Clusters(size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), size_t{0}); }

  size_t root_of(size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(size_t a, size_t b) { parents_[root_of(a)] = root_of(b); }

 private:
  std::vector<size_t> parents_;
};

using Blocks = std::unordered_map<std::string, std::vector<size_t>>;

// The whole block is a cluster.
void join_blocks(const Blocks& blocks, Clusters& clusters) {
  for (const auto& [key, members] : blocks)
    for (const size_t member : members) clusters.join(member, members[0]);
}

void join_near(const Blocks& blocks, const std::vector<std::string>& values, size_t limit, Clusters& clusters) {
  for (const auto& [key, members] : blocks) {
    if (members.size() > kBlockMax) continue;
    for (size_t i = 0; i < members.size(); ++i)
      for (size_t j = 0; j < i; ++j)
        if (clusters.root_of(members[i]) != clusters.root_of(members[j]) &&
            edit_distance(values[members[i]], values[members[j]], limit) <= limit)
          clusters.join(members[i], members[j]);
  }
}

Blocks make_blocks(const std::vector<std::string_view>& values, const ClusterOptions& options) {
  Blocks blocks;
  for (size_t i = 0; i < values.size(); ++i) {
    if (options.method == ClusterMethod::distance) {
      std::vector<std::string> ngrams = ngrams_of(values[i], kBlockCharacters);
      std::sort(ngrams.begin(), ngrams.end());
      ngrams.erase(std::unique(ngrams.begin(), ngrams.end()), ngrams.end());
      for (const std::string& ngram : ngrams) blocks[ngram].push_back(i);
      continue;
    }
    std::string key = options.method == ClusterMethod::fingerprint ? fingerprint(values[i])
                                                                   : ngram_fingerprint(values[i], options.number);
    if (!key.empty()) blocks[std::move(key)].push_back(i);
  }
  return blocks;
}

}  // namespace

std::string fingerprint(std::string_view text) {
  const std::string simple = simplify(text);
  std::vector<std::string> words;
  for (size_t at = 0; at < simple.size();) {
    const size_t end = std::min(simple.size(), simple.find(' ', at));
    if (end > at) words.push_back(simple.substr(at, end - at));
    at = end + 1;
  }
  return join_sorted(std::move(words), " ");
}

std::string ngram_fingerprint(std::string_view text, size_t size) { return join_sorted(ngrams_of(text, size), ""); }

// Wagner and Fischer's table, of which only the diagonals within `limit` can matter.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  const auto from = characters_of(a), to = characters_of(b);
  const size_t longer = std::max(from.size(), to.size()), shorter = std::min(from.size(), to.size());
  if (longer - shorter > limit || longer > kComparedMax) return limit + 1;
  std::vector<size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= from.size(); ++i) {
    size_t diagonal = row[0];
    size_t least = row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t exchanged = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(row.back(), limit + 1);
}

std::map<std::string, std::string> cluster_texts(const std::map<std::string, uint64_t>& counts,
                                                 const ClusterOptions& options) {
  std::vector<std::string_view> values;
  std::vector<std::string> simple;  // what distances are measured between
  std::vector<uint64_t> times;
  for (const auto& [text, count] : counts) {
    values.push_back(text);
    simple.push_back(simplify(text));
    times.push_back(count);
  }
  const Blocks blocks = make_blocks(values, options);
  Clusters clusters(values.size());
  if (options.method == ClusterMethod::distance) join_near(blocks, simple, options.number, clusters);
  else join_blocks(blocks, clusters);
  std::vector<size_t> best(values.size(), values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    size_t& chosen = best[clusters.root_of(i)];
    if (chosen == values.size() || times[i] > times[chosen]) chosen = i;  // values come in the order of bytes
  }
  std::map<std::string, std::string> canonical;
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t chosen = best[clusters.root_of(i)];
    if (chosen != i) canonical.emplace(values[i], values[chosen]);
  }
  return canonical;
}

}  // namespace aml::prep
