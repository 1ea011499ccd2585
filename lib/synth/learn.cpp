// One program without branches for all examples where there is one; otherwise the examples are put into groups that
// have one each, guards are learned between the groups, and each group learns again from the rows its guard lets
// through. A table of words is the last resort.
#include "synth/learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "synth/guards.h"
#include "synth/single.h"

namespace aml::synth {
namespace {

constexpr size_t kRowsMax = 48;
constexpr size_t kGroupCandidates = 8;
constexpr size_t kSingleCandidates = 20;
constexpr int kBranchCost = 40;
constexpr int kDoubtMargin = 16;     // programs that cost so much more than the best are not worth a question
constexpr size_t kAttemptsMax = 60;  // at joining an example with a group; beyond, each gets one of its own
constexpr size_t kLookupGroups = 3;  // so many groups of mere constants are a table

struct Group {
  std::vector<const Example*> examples;
  std::vector<Candidate> candidates;  // none for the group of nulls
  bool is_null = false;

  int cost() const { return candidates.empty() ? 0 : candidates.front().cost; }
};

bool makes(const std::vector<Piece>& pieces, const Example& example) {
  std::string out;
  return append_pieces(out, pieces, view_of(example.inputs)) && out == *example.output;
}

bool is_constant(const Group& group) {
  if (group.is_null || group.candidates.empty()) return false;
  const std::vector<Piece>& pieces = group.candidates.front().pieces;
  return std::all_of(pieces.begin(), pieces.end(),
                     [](const Piece& piece) { return std::holds_alternative<LiteralPiece>(piece); });
}

bool longest_cell_exceeds(const Cells& cells, size_t bytes) {
  return std::any_of(cells.begin(), cells.end(), [bytes](const Cell& cell) { return cell && cell->size() > bytes; });
}

class Learner {
 public:
  explicit Learner(const LearnTask& task) : task_(task) {
    for (const size_t row : choose_rows(task.rows, kRowsMax))
      if (!longest_cell_exceeds(task.rows[row], kLearnBytesMax)) rows_.push_back(&task.rows[row]);
  }

  Learned run() {
    std::vector<const Example*> valued;
    Group nulls{{}, {}, true};
    for (const Example& example : task_.examples) (example.output ? valued : nulls.examples).push_back(&example);
    if (valued.empty()) return constant_null();
    if (nulls.examples.empty()) {
      std::vector<Candidate> candidates = learn_single(valued, rows_, kSingleCandidates);
      if (!candidates.empty()) return from_single(std::move(candidates));
    }
    std::vector<Group> groups = make_groups(valued);
    if (!nulls.examples.empty()) groups.push_back(std::move(nulls));
    if (groups.size() == 1) return from_single(std::move(groups.front().candidates));
    const auto constants = std::count_if(groups.begin(), groups.end(), is_constant);
    if (constants == static_cast<std::ptrdiff_t>(groups.size()) && groups.size() >= kLookupGroups)
      if (auto lookup = make_lookup()) return std::move(*lookup);
    return from_groups(std::move(groups));
  }

 private:
  static Learned constant_null() {
    Learned learned;
    learned.program.branches.push_back({{}, true, {}});
    return learned;
  }

  static Learned from_single(std::vector<Candidate> candidates) {
    Learned learned;
    learned.cost = candidates.front().cost;
    learned.program.branches.push_back({{}, false, std::move(candidates.front().pieces)});
    for (size_t i = 1; i < candidates.size(); ++i)
      if (candidates[i].cost <= learned.cost + kDoubtMargin)
        learned.alternatives.push_back(Program{{Branch{{}, false, std::move(candidates[i].pieces)}}});
    return learned;
  }

  // Unlabelled rows that look like one of the examples.
  std::vector<const Cells*> rows_like(const std::vector<const Example*>& examples) const {
    std::set<std::string> shapes;
    for (const Example* example : examples) shapes.insert(shape_of(example->inputs));
    std::vector<const Cells*> rows;
    for (const Cells* row : rows_)
      if (shapes.contains(shape_of(*row))) rows.push_back(row);
    return rows;
  }

  std::vector<Group> make_groups(const std::vector<const Example*>& examples) {
    std::vector<Group> groups;
    for (const Example* example : examples) place(groups, example);
    return groups;
  }

  void place(std::vector<Group>& groups, const Example* example) {
    for (Group& group : groups)
      for (size_t i = 0; i < group.candidates.size(); ++i)
        if (makes(group.candidates[i].pieces, *example)) {
          std::rotate(group.candidates.begin(), group.candidates.begin() + static_cast<std::ptrdiff_t>(i),
                      group.candidates.begin() + static_cast<std::ptrdiff_t>(i) + 1);
          group.examples.push_back(example);
          return;
        }
    Group alone{{example}, learn_single({example}, rows_like({example}), kGroupCandidates)};
    Group* best = nullptr;
    std::vector<Candidate> best_candidates;
    int best_cost = alone.cost() + kBranchCost;
    for (Group& group : groups) {
      if (++attempts_ > kAttemptsMax) break;
      std::vector<const Example*> together = group.examples;
      together.push_back(example);
      std::vector<Candidate> candidates = learn_single(together, rows_like(together), kGroupCandidates);
      if (candidates.empty() || candidates.front().cost - group.cost() >= best_cost) continue;
      best_cost = candidates.front().cost - group.cost();
      best = &group;
      best_candidates = std::move(candidates);
    }
    if (best == nullptr) {
      groups.push_back(std::move(alone));
      return;
    }
    best->examples.push_back(example);
    best->candidates = std::move(best_candidates);
  }

  // Takes, again and again, the group that is told most simply from all others; the last one needs no guard.
  Learned from_groups(std::vector<Group> groups) const {
    Learned learned;
    size_t largest = 0;
    for (const Group& group : groups) largest = std::max(largest, group.examples.size());
    for (const Group& group : groups)
      if (group.examples.size() == 1 && largest > 1)
        learned.odd_examples.push_back(static_cast<size_t>(group.examples.front() - task_.examples.data()));

    std::vector<const Cells*> rows = rows_;
    while (groups.size() > 1) {
      size_t chosen = groups.size();
      FoundGuard guard;
      int best = 0;
      for (size_t i = 0; i < groups.size(); ++i)
        for (FoundGuard& found : guards_between(groups, i)) {
          const int cost = found.cost + misfits(groups, i, found.tests, rows) + last_bonus(groups, i);
          if (chosen < groups.size() && cost >= best) continue;
          best = cost;
          chosen = i;
          guard = std::move(found);
        }
      if (chosen == groups.size()) break;
      std::vector<const Cells*> inside;
      std::vector<const Cells*> outside;
      for (const Cells* row : rows) (holds(guard.tests, view_of(*row)) ? inside : outside).push_back(row);
      learned.program.branches.push_back(finish(groups[chosen], std::move(guard.tests), inside));
      learned.cost += guard.cost + kBranchCost;
      rows = std::move(outside);
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    if (groups.size() > 1)
      if (auto lookup = make_lookup()) return std::move(*lookup);
    learned.program.branches.push_back(finish(groups.front(), {}, rows));
    return learned;
  }

  // The group with most examples should be what remains.
  static int last_bonus(const std::vector<Group>& groups, size_t i) {
    const size_t size = groups[i].examples.size();
    const bool is_largest =
        std::all_of(groups.begin(), groups.end(), [size](const Group& g) { return g.examples.size() <= size; });
    return is_largest ? 3 : 0;
  }

  // A single example with a result of its own, though its row looks like one of another group: it says something about
  // this row, not about all that look like it.
  static bool is_exception(const std::vector<Group>& groups, size_t inside) {
    if (groups[inside].examples.size() != 1 || !is_constant(groups[inside])) return false;
    const std::string shape = shape_of(groups[inside].examples.front()->inputs);
    return std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
      const auto looks_so = [&](const Example* example) { return shape_of(example->inputs) == shape; };
      return group.examples.size() > 1 && std::any_of(group.examples.begin(), group.examples.end(), looks_so);
    });
  }

  static FoundGuard equality(const Example& example) {
    FoundGuard guard;
    for (size_t column = 0; column < example.inputs.size(); ++column) {
      Test test{example.inputs[column] ? Test::Kind::equals : Test::Kind::missing, column};
      test.text = example.inputs[column].value_or("");
      guard.tests.push_back(std::move(test));
    }
    guard.cost = 16;
    return guard;
  }

  static std::vector<FoundGuard> guards_between(const std::vector<Group>& groups, size_t inside) {
    if (is_exception(groups, inside)) return {equality(*groups[inside].examples.front())};
    GuardTask task;
    for (size_t i = 0; i < groups.size(); ++i)
      for (const Example* example : groups[i].examples)
        (i == inside ? task.inside : task.outside).push_back(&example->inputs);
    return find_guards(task, 40);
  }

  // Unlabelled rows a guard sends where no program works, weighed.
  static int misfits(const std::vector<Group>& groups, size_t inside, const std::vector<Test>& guard,
                     const std::vector<const Cells*>& rows) {
    int bad = 0;
    std::string out;
    const auto works = [&](const Group& group, Row row) {
      out.clear();
      return group.is_null || append_pieces(out, group.candidates.front().pieces, row);
    };
    for (const Cells* cells : rows) {
      const auto row = view_of(*cells);
      if (holds(guard, row)) {
        bad += works(groups[inside], row) ? 0 : 1;
        continue;
      }
      bool any = false;
      for (size_t i = 0; i < groups.size() && !any; ++i) any = i != inside && works(groups[i], row);
      bad += any ? 0 : 1;
    }
    return rows.empty() ? 0 : 40 * bad / static_cast<int>(rows.size());
  }

  static Branch finish(const Group& group, std::vector<Test> guard, const std::vector<const Cells*>& rows) {
    if (group.is_null) return {std::move(guard), true, {}};
    std::vector<Candidate> again = learn_single(group.examples, rows, 1);
    return {std::move(guard), false, again.empty() ? group.candidates.front().pieces : std::move(again.front().pieces)};
  }

  // Words for words, over the first column that tells the outputs apart.
  std::optional<Learned> make_lookup() const {
    for (size_t column = 0; column < task_.examples.front().inputs.size(); ++column) {
      LookupPiece lookup{{column}, {}};
      bool is_function = true;
      for (const Example& example : task_.examples) {
        if (!example.inputs[column] || !example.output) {
          is_function = false;
          break;
        }
        lookup.entries.emplace_back(*example.inputs[column], *example.output);
      }
      std::sort(lookup.entries.begin(), lookup.entries.end());
      lookup.entries.erase(std::unique(lookup.entries.begin(), lookup.entries.end()), lookup.entries.end());
      for (size_t i = 1; i < lookup.entries.size(); ++i)
        is_function = is_function && lookup.entries[i].first != lookup.entries[i - 1].first;
      if (!is_function) continue;
      Learned learned;
      learned.program.branches.push_back({{}, false, {std::move(lookup)}});
      learned.generalizes = false;
      return learned;
    }
    return std::nullopt;
  }

  const LearnTask& task_;
  std::vector<const Cells*> rows_;
  size_t attempts_ = 0;
};

}  // namespace

Result<Learned> learn(const LearnTask& task) {
  if (task.examples.empty())
    return Error{ErrorKind::usage, "no example to learn from", "give at least one as 'input => output'"};
  const size_t columns = task.examples.front().inputs.size();
  const auto fits = [columns](const Example& example) { return example.inputs.size() == columns; };
  if (columns == 0 || !std::all_of(task.examples.begin(), task.examples.end(), fits))
    return Error{ErrorKind::usage, "examples have different numbers of inputs",
                 "give each example one input per column"};
  for (size_t i = 0; i < task.examples.size(); ++i)
    if (longest_cell_exceeds(task.examples[i].inputs, kLearnBytesMax) ||
        task.examples[i].output.value_or("").size() > kLearnBytesMax)
      return Error{ErrorKind::bad_data,
                   fmt::format("example {} has a cell of more than {} bytes", i + 1, kLearnBytesMax),
                   "give a shorter row as the example"};
  return Learner(task).run();
}

}  // namespace aml::synth
