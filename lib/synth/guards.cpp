#include "synth/guards.h"

#include <algorithm>
#include <array>
#include <set>

namespace aml::synth {
namespace {

constexpr std::array kTokens = {Token::digits, Token::letters,  Token::upper,       Token::lower, Token::space,
                                Token::alnum,  Token::nonspace, Token::capitalized, Token::name,  Token::number};
constexpr size_t kTestsMax = 4000;

int token_cost(const Pattern& pattern) {
  switch (pattern.token) {
    case Token::literal: {
      const bool is_symbol = (class_at(pattern.literal, 0) & (kSymbol | kSpace)) != 0;
      const bool is_digits = class_at(pattern.literal, 0) == kDigit;
      if (is_digits) return 18 + static_cast<int>(pattern.literal.size());
      return is_symbol ? 2 + 2 * static_cast<int>(pattern.literal.size())
                       : 8 + static_cast<int>(pattern.literal.size());
    }
    case Token::digits: return 3;
    case Token::nonspace:
    case Token::letters: return 4;
    case Token::alnum:
    case Token::space: return 5;
    default: return 6;
  }
}

int cost_of(const Test& test) {
  const int negation = test.is_negated ? 3 : 0;
  switch (test.kind) {
    case Test::Kind::missing: return 1;
    case Test::Kind::empty: return 1;
    case Test::Kind::equals: return 16 + negation;
    case Test::Kind::contains: return 2 + token_cost(test.pattern) + negation;
    case Test::Kind::starts: return 3 + token_cost(test.pattern) + negation;
    case Test::Kind::ends: return 3 + token_cost(test.pattern) + negation;
    case Test::Kind::counts: return 5 + token_cost(test.pattern) + negation;
    case Test::Kind::at_least: return 5 + token_cost(test.pattern) + negation;
    case Test::Kind::longer: return 14;
    case Test::Kind::same: return 4 + negation;
    case Test::Kind::includes: return 5 + negation;
  }
  return 20;
}

// Every test that holds, or fails, for the first row inside.
class TestMaker {
 public:
  TestMaker(const GuardTask& task) : task_(task) {}

  std::vector<Test> run() {
    const Cells& first = *task_.inside.front();
    for (size_t column = 0; column < first.size(); ++column) {
      add({Test::Kind::missing, column});
      add({Test::Kind::missing, column, true});
      add({Test::Kind::empty, column});
      add({Test::Kind::empty, column, true});
      add_patterns(column);
      if (first[column] && !first[column]->empty()) {
        Test equals{Test::Kind::equals, column};
        equals.text = *first[column];
        add(equals);
      }
      for (size_t other = 0; other < first.size(); ++other) {
        if (other == column) continue;
        for (const Test::Kind kind : {Test::Kind::same, Test::Kind::includes})
          for (const bool is_negated : {false, true}) add({kind, column, is_negated, {}, {}, 0, other});
      }
      add_lengths(column);
    }
    return std::move(tests_);
  }

 private:
  void add(Test test) {
    if (tests_.size() < kTestsMax) tests_.push_back(std::move(test));
  }

  void add_patterns(size_t column) {
    std::vector<Pattern> patterns;
    for (const Token token : kTokens) patterns.push_back({token});
    for (const std::string& literal : literals(column)) patterns.push_back({Token::literal, literal});
    for (const Pattern& pattern : patterns) {
      for (const Test::Kind kind : {Test::Kind::contains, Test::Kind::starts, Test::Kind::ends})
        for (const bool is_negated : {false, true}) add({kind, column, is_negated, pattern});
      for (int count = 1; count <= 6; ++count)
        for (const Test::Kind kind : {Test::Kind::counts, Test::Kind::at_least})
          for (const bool is_negated : {false, true})
            if (count > 1 || kind == Test::Kind::counts) add({kind, column, is_negated, pattern, {}, count});
    }
  }

  // Symbols and words of the rows on both sides.
  std::set<std::string> literals(size_t column) const {
    std::set<std::string> found;
    for (const auto* rows : {&task_.inside, &task_.outside})
      for (const Cells* row : *rows) {
        const Cell& cell = (*row)[column];
        if (!cell || cell->size() > 300 || found.size() > 120) continue;
        for (size_t at = 0; at < cell->size(); at += char_length(*cell, at))
          if ((class_at(*cell, at) & kSymbol) != 0) found.insert(cell->substr(at, char_length(*cell, at)));
        const Pattern words{Token::alnum};
        for (auto word = find_match(words, *cell, 0); word; word = find_match(words, *cell, word->end))
          if (word->end - word->begin <= 20) found.insert(cell->substr(word->begin, word->end - word->begin));
      }
    return found;
  }

  void add_lengths(size_t column) {
    std::set<int> lengths;
    for (const Cells* row : task_.inside)
      if ((*row)[column]) lengths.insert(static_cast<int>(count_chars(*(*row)[column])));
    for (const Cells* row : task_.outside)
      if ((*row)[column]) lengths.insert(static_cast<int>(count_chars(*(*row)[column])));
    for (const int length : lengths)
      for (const bool is_negated : {false, true}) add({Test::Kind::longer, column, is_negated, {}, {}, length});
  }

  const GuardTask& task_;
  std::vector<Test> tests_;
};

bool holds_for(const Test& test, const Cells& cells) { return holds(test, view_of(cells)); }

struct Scored {
  Test test;
  int cost = 0;
  std::vector<bool> outside;  // which of the outside rows it lets through
};

}  // namespace

std::vector<FoundGuard> find_guards(const GuardTask& task, size_t count) {
  std::vector<Scored> fitting;  // hold for all inside
  for (Test& test : TestMaker(task).run()) {
    const auto passes = [&](const Cells* row) { return holds_for(test, *row); };
    if (!std::all_of(task.inside.begin(), task.inside.end(), passes)) continue;
    Scored scored{test, cost_of(test), {}};
    for (const Cells* row : task.outside) scored.outside.push_back(passes(row));
    if (std::all_of(scored.outside.begin(), scored.outside.end(), [](bool b) { return b; })) continue;
    fitting.push_back(std::move(scored));
  }
  std::stable_sort(fitting.begin(), fitting.end(), [](const Scored& a, const Scored& b) { return a.cost < b.cost; });
  std::vector<FoundGuard> guards;
  for (const Scored& scored : fitting)
    if (guards.size() < count && std::none_of(scored.outside.begin(), scored.outside.end(), [](bool b) { return b; }))
      guards.push_back({{scored.test}, scored.cost});
  const size_t pairs = std::min<size_t>(fitting.size(), 80);
  for (size_t i = 0; i < pairs && guards.empty(); ++i)
    for (size_t j = i + 1; j < pairs; ++j) {
      bool is_clean = true;
      for (size_t row = 0; row < task.outside.size() && is_clean; ++row)
        is_clean = !(fitting[i].outside[row] && fitting[j].outside[row]);
      if (is_clean && guards.size() < count)
        guards.push_back({{fitting[i].test, fitting[j].test}, fitting[i].cost + fitting[j].cost + 4});
    }
  return guards;
}

}  // namespace aml::synth
