// Dynamic programming over the pivot's output, from left to right. A state is one offset per example, together with the
// reading the last piece used; each state keeps its few cheapest paths. Edges whose values do not stand at the offsets
// of the other examples fall away by themselves, so no version spaces have to be intersected.
#include "synth/concat.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "text/letter_case.h"

namespace aml::synth {
namespace {

constexpr size_t kPathsPerState = 6;
constexpr size_t kStatesPerOffset = 200;
constexpr size_t kLiteralMax = 80;

struct Path {
  int cost = 0;
  int32_t previous = -1;  // index of a Path
  int32_t edge = -1;      // index of an edge; -1 for a literal
  uint32_t literal_size = 0;
  uint32_t begin = 0;  // in the pivot's output
};

struct State {
  std::vector<uint32_t> offsets;  // one per example
  uint32_t reading = 0;           // the last one used; literals leave it
  bool is_after_literal = false;

  auto operator<=>(const State&) const = default;
};

class Search {
 public:
  Search(const Samples& samples, size_t pivot, const std::vector<Edge>& edges)
      : samples_(samples),
        pivot_(pivot),
        edges_(edges),
        output_(samples.outputs[pivot]),
        begins_at_(output_.size() + 1),
        stages_(output_.size() + 1),
        cuts_(cuts_of(output_)) {
    for (size_t i = 0; i < edges.size(); ++i) {
      AML_CHECK(!edges[i].values[pivot].empty());  // a state must not lead to itself
      begins_at_[edges[i].begin].push_back(static_cast<int32_t>(i));
    }
    for (size_t at = 0; at < begins_at_.size(); ++at)
      if (!begins_at_[at].empty()) cuts_[at] = true;
    measure_distinct_inputs();
    for (const Cell& cell : samples.inputs[pivot]) text::append_lower(folded_inputs_.emplace_back(), cell.value_or(""));
  }

  std::vector<Candidate> run(size_t count) {
    paths_.push_back({});
    stages_[0][State{std::vector<uint32_t>(samples_.examples, 0), 0}] = {0};
    for (size_t at = 0; at < output_.size(); ++at) {
      for (const auto& [state, paths] : cheapest_states(at)) {
        extend_by_edges(*state, *paths, at);
        if (!state->is_after_literal) extend_by_literals(*state, *paths, at);
      }
    }
    return collect(count);
  }

 private:
  using Stage = std::map<State, std::vector<int32_t>>;  // paths, the cheapest first
  using StateRef = std::pair<const State*, const std::vector<int32_t>*>;

  std::vector<StateRef> cheapest_states(size_t at) const {
    std::vector<StateRef> states;
    for (const auto& [state, paths] : stages_[at]) states.emplace_back(&state, &paths);
    std::stable_sort(states.begin(), states.end(), [&](const StateRef& a, const StateRef& b) {
      return path(a.second->front()).cost < path(b.second->front()).cost;
    });
    if (states.size() > kStatesPerOffset) states.resize(kStatesPerOffset);
    return states;
  }

  void extend_by_edges(const State& state, const std::vector<int32_t>& paths, size_t at) {
    for (const int32_t index : begins_at_[at]) {
      const Edge& edge = edges_[static_cast<size_t>(index)];
      State next{state.offsets, edge.reading, false};
      if (!advance(next.offsets, edge)) continue;
      const bool continues = edge.reading != 0 && state.reading == edge.reading;
      const int cost = std::max(1, edge.cost - (continues ? edge.reading_cost : 0));
      for (const int32_t previous : paths)
        add(next, {path(previous).cost + cost, previous, index, 0, static_cast<uint32_t>(at)});
    }
  }

  void extend_by_literals(const State& state, const std::vector<int32_t>& paths, size_t at) {
    State next{state.offsets, state.reading, true};
    for (size_t size = 1; size <= kLiteralMax && at + size <= output_.size(); ++size) {
      for (size_t example = 0; example < samples_.examples; ++example) {
        const std::string& output = samples_.outputs[example];
        if (next.offsets[example] >= output.size() || output[next.offsets[example]] != output_[at + size - 1]) return;
        ++next.offsets[example];
      }
      if (!cuts_[at + size]) continue;
      const int cost = literal_cost(output_.substr(at, size));
      for (const int32_t previous : paths)
        add(next, {path(previous).cost + cost, previous, -1, static_cast<uint32_t>(size), static_cast<uint32_t>(at)});
    }
  }

  bool advance(std::vector<uint32_t>& offsets, const Edge& edge) const {
    for (size_t example = 0; example < samples_.examples; ++example) {
      const std::string_view rest = std::string_view(samples_.outputs[example]).substr(offsets[example]);
      if (!rest.starts_with(edge.values[example])) return false;
      offsets[example] += static_cast<uint32_t>(edge.values[example].size());
    }
    return true;
  }

  void add(const State& state, const Path& candidate) {
    std::vector<int32_t>& paths = stages_[state.offsets[pivot_]][state];
    const auto place =
        std::find_if(paths.begin(), paths.end(), [&](int32_t p) { return path(p).cost > candidate.cost; });
    if (paths.size() >= kPathsPerState && place == paths.end()) return;
    paths.insert(place, static_cast<int32_t>(paths_.size()));
    paths_.push_back(candidate);
    if (paths.size() > kPathsPerState) paths.pop_back();
  }

  // Letters and digits typed in are suspicious, the more so when the input has them; the more examples with different
  // inputs agree on them, the less.
  int literal_cost(std::string_view literal) const {
    int cost = 5;
    int suspicion = 0;
    int letters = 0;
    int symbols = 0;
    for (size_t at = 0; at < literal.size();) {
      if ((class_at(literal, at) & (kSymbol | kSpace)) != 0) {
        if (++symbols <= 8) cost += 2;
        at += char_length(literal, at);
        continue;
      }
      const size_t begin = at;
      while (at < literal.size() && (class_at(literal, at) & (kSymbol | kSpace)) == 0) {
        const int digit = class_at(literal, at) == kDigit ? 3 : 0;  // a number typed in says least
        suspicion += (++letters <= 4 ? 12 : 5) + digit;
        at += char_length(literal, at);
      }
      if (is_in_input(literal.substr(begin, at - begin))) suspicion += 18;
    }
    return cost + suspicion / static_cast<int>(distinct_inputs_);
  }

  bool is_in_input(std::string_view literal) const {
    std::string wanted;
    text::append_lower(wanted, literal);
    const auto has = [&](const std::string& folded) { return folded.find(wanted) != std::string::npos; };
    return std::any_of(folded_inputs_.begin(), folded_inputs_.end(), has);
  }

  void measure_distinct_inputs() {
    std::vector<Cells> inputs(samples_.inputs.begin(),
                              samples_.inputs.begin() + static_cast<std::ptrdiff_t>(samples_.examples));
    std::sort(inputs.begin(), inputs.end());
    distinct_inputs_ = static_cast<size_t>(std::unique(inputs.begin(), inputs.end()) - inputs.begin());
  }

  std::vector<Candidate> collect(size_t count) const {
    std::vector<int32_t> ends;
    for (const auto& [state, paths] : stages_.back()) {
      bool is_end = true;
      for (size_t example = 0; example < samples_.examples; ++example)
        is_end = is_end && state.offsets[example] == samples_.outputs[example].size();
      if (is_end) ends.insert(ends.end(), paths.begin(), paths.end());
    }
    std::stable_sort(ends.begin(), ends.end(), [&](int32_t a, int32_t b) { return path(a).cost < path(b).cost; });
    if (ends.size() > count) ends.resize(count);
    std::vector<Candidate> candidates;
    for (const int32_t end : ends) candidates.push_back(unwind(end));
    return candidates;
  }

  Candidate unwind(int32_t index) const {
    Candidate candidate{{}, path(index).cost};
    for (; index > 0; index = path(index).previous) {
      const Path& step = path(index);
      if (step.edge < 0) {
        candidate.pieces.insert(candidate.pieces.begin(),
                                LiteralPiece{std::string(output_.substr(step.begin, step.literal_size))});
      } else {
        const std::vector<Piece>& pieces = edges_[static_cast<size_t>(step.edge)].pieces;
        candidate.pieces.insert(candidate.pieces.begin(), pieces.begin(), pieces.end());
      }
    }
    return candidate;
  }

  const Path& path(int32_t index) const { return paths_[static_cast<size_t>(index)]; }

  const Samples& samples_;
  size_t pivot_;
  const std::vector<Edge>& edges_;
  std::string_view output_;
  std::vector<std::vector<int32_t>> begins_at_;
  std::vector<Stage> stages_;
  std::vector<bool> cuts_;
  std::vector<Path> paths_;
  size_t distinct_inputs_ = 1;
  std::vector<std::string> folded_inputs_;  // of the pivot
};

}  // namespace

std::vector<Candidate> find_concats(const Samples& samples, size_t pivot, const std::vector<Edge>& edges,
                                    size_t count) {
  return Search(samples, pivot, edges).run(count);
}

}  // namespace aml::synth
