#include "synth/question.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace aml::synth {
namespace {

constexpr size_t kRowsMax = 2000;
constexpr size_t kProgramsMax = 20;
constexpr size_t kCandidatesMax = 3;

struct Rated {
  Question question;
  int rank = 0;       // the kind of doubt
  size_t votes = 0;   // programs that do not say what the first says
  size_t length = 0;  // of the row: short ones are easier to judge
  std::string shape;
};

Rated rate(const LearnTask& task, const Learned& learned, size_t row, const std::set<std::string>& known) {
  const auto cells = view_of(task.rows[row]);
  Rated rated{{row, Doubt::unlike, {}}, 3, 0, 0, shape_of(task.rows[row])};
  for (const auto& cell : cells) rated.length += cell ? cell->size() : 0;
  std::string out;
  const Outcome outcome = run(learned.program, cells, out);
  std::vector<Cell>& candidates = rated.question.candidates;
  candidates.push_back(outcome == Outcome::value ? Cell(out) : Cell());
  for (size_t i = 0; i < learned.alternatives.size() && i < kProgramsMax; ++i) {
    Cell other = run(learned.alternatives[i], cells);
    if (other == candidates.front()) continue;
    ++rated.votes;
    const bool is_new = std::find(candidates.begin(), candidates.end(), other) == candidates.end();
    if (is_new && candidates.size() < kCandidatesMax) candidates.push_back(std::move(other));
  }
  if (outcome == Outcome::outside) {
    rated.question.doubt = Doubt::not_learned;
    rated.rank = 1;
  } else if (rated.votes > 0) {
    rated.question.doubt = Doubt::disagreement;
    rated.rank = 0;
  } else if (!known.contains(rated.shape)) {
    rated.rank = 2;
  }
  return rated;
}

}  // namespace

std::string_view name_of(Doubt doubt) {
  constexpr std::array<std::string_view, 3> kNames = {"disagreement", "not_learned", "unlike"};
  return kNames[static_cast<size_t>(doubt)];
}

std::vector<Question> find_questions(const LearnTask& task, const Learned& learned, size_t count) {
  std::set<std::string> known;
  std::set<Cells> labelled;
  for (const Example& example : task.examples) {
    known.insert(shape_of(example.inputs));
    labelled.insert(example.inputs);
  }
  std::vector<Rated> rated;
  for (size_t row = 0; row < task.rows.size() && row < kRowsMax; ++row) {
    const Cells& cells = task.rows[row];
    const bool has_value = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.has_value(); });
    if (!has_value || labelled.contains(cells)) continue;
    Rated one = rate(task, learned, row, known);
    if (one.rank < 3) rated.push_back(std::move(one));
  }
  std::stable_sort(rated.begin(), rated.end(), [](const Rated& a, const Rated& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    return a.votes != b.votes ? a.votes > b.votes : a.length < b.length;
  });
  std::vector<Question> questions;
  std::set<std::string> asked;
  for (Rated& one : rated)
    if (questions.size() < count && asked.insert(one.shape).second) questions.push_back(std::move(one.question));
  return questions;
}

}  // namespace aml::synth
