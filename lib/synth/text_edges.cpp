#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "synth/edges.h"
#include "text/letter_case.h"

namespace aml::synth {
namespace {

constexpr size_t kRegionsPerPart = 24;
constexpr size_t kOutputMax = 600;
constexpr size_t kInputMax = 2000;
constexpr size_t kLargeProduct = 4000;  // beyond, single characters inside words are not looked for

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

int case_cost(LetterCase letter_case) {
  constexpr std::array<int, 6> kCosts = {0, 4, 4, 5, 6, 9};
  return kCosts[static_cast<size_t>(letter_case)];
}

// Texts in which letters outside ASCII change case have other lengths or bytes; they match as they are, or as a whole.
class TextMatcher {
 public:
  TextMatcher(std::vector<Edge>& edges, const EdgeTask& task, size_t source)
      : edges_(edges),
        task_(task),
        source_(source),
        input_(*task.sources[source].texts[task.pivot]),
        output_(task.samples.outputs[task.pivot]),
        cuts_(cuts_of(output_)),
        input_cuts_(cuts_of(input_)) {}

  void run() {
    for (size_t i = 0; i < output_.size(); ++i)
      for (size_t s = 0; s < input_.size(); ++s)
        if (fold(output_[i]) == fold(input_[s])) extend(i, s);
  }

 private:
  // Parts begin where the texts begin to agree or where a word begins, and end likewise.
  void extend(size_t i, size_t s) {
    const bool agrees_before = i > 0 && s > 0 && fold(output_[i - 1]) == fold(input_[s - 1]);
    if (agrees_before && !cuts_[i] && !input_cuts_[s]) return;
    if (is_inside_char(output_, i) || is_inside_char(input_, s)) return;
    size_t length = 1;
    for (;; ++length) {
      const bool is_end = i + length >= output_.size() || s + length >= input_.size();
      const bool agrees = !is_end && fold(output_[i + length]) == fold(input_[s + length]);
      const bool is_whole = !is_inside_char(output_, i + length);
      if (is_whole && (!agrees || cuts_[i + length] || input_cuts_[s + length])) add(i, s, length);
      if (!agrees) return;
    }
  }

  static bool is_inside_char(std::string_view text, size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
  }

  void add(size_t i, size_t s, size_t length) {
    const std::string_view part = output_.substr(i, length);
    const std::string_view raw = input_.substr(s, length);
    std::vector<LetterCase> cases;
    for (const LetterCase letter_case : {LetterCase::as_is, LetterCase::lower, LetterCase::upper, LetterCase::title,
                                         LetterCase::sentence, LetterCase::swapped})
      if (cased(letter_case, raw) == part) cases.push_back(letter_case);
    if (cases.empty()) return;
    const auto accept = [&](size_t example, std::string_view text) {
      return std::any_of(cases.begin(), cases.end(), [&](LetterCase letter_case) {
        return task_.samples.outputs[example].find(cased(letter_case, text)) != std::string::npos;
      });
    };
    if (is_large_ && length == 1 && !input_cuts_[s]) return;
    // What fits depends on the cases, and they on the output's part.
    const auto [known, is_new] = regions_.try_emplace({s, length, std::string(part)});
    if (is_new) known->second = task_.finders[source_].find(s, s + length, kRegionsPerPart, accept);
    for (const FoundRegion& found : known->second)
      for (const LetterCase letter_case : cases) add_edge(i, found, letter_case);
  }

  void add_edge(size_t i, const FoundRegion& found, LetterCase letter_case) {
    Edge edge{i, {}, {TextPiece{found.region, letter_case}}, kPieceCost + found.cost + case_cost(letter_case)};
    for (size_t example = 0; example < task_.samples.examples; ++example) {
      edge.values.push_back(cased(letter_case, *found.slices[example]));
      if (task_.samples.outputs[example].find(edge.values.back()) == std::string::npos) return;
    }
    edges_.push_back(std::move(edge));
  }

  static std::string cased(LetterCase letter_case, std::string_view text) {
    std::string out;
    append_cased(out, letter_case, text);
    return out;
  }

  std::vector<Edge>& edges_;
  const EdgeTask& task_;
  size_t source_;
  std::string_view input_;
  std::string_view output_;
  std::vector<bool> cuts_;
  std::vector<bool> input_cuts_;
  bool is_large_ = input_.size() * output_.size() > kLargeProduct;
  std::map<std::tuple<size_t, size_t, std::string>, std::vector<FoundRegion>> regions_;
};

}  // namespace

std::vector<bool> cuts_of(std::string_view output) {
  std::vector<bool> cuts(output.size() + 1, false);
  cuts.front() = true;
  cuts.back() = true;
  for (size_t at = 0; at < output.size();) {
    const size_t next = at + char_length(output, at);
    if (next < output.size()) {
      const CharClass here = class_at(output, at);
      const CharClass there = class_at(output, next);
      const bool is_word = here == kUpper && there == kLower;  // "Hone" is one word
      cuts[next] = (here != there && !is_word) || here == kSymbol;
    }
    at = next;
  }
  return cuts;
}

void add_text_edges(std::vector<Edge>& edges, const EdgeTask& task) {
  if (task.samples.outputs[task.pivot].size() > kOutputMax) return;
  for (size_t source = 0; source < task.sources.size(); ++source) {
    const Cell& text = task.sources[source].texts[task.pivot];
    if (text && !text->empty() && text->size() <= kInputMax) TextMatcher(edges, task, source).run();
  }
}

}  // namespace aml::synth
