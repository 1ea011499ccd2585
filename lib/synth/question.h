// What to ask next: the rows whose result is in doubt, the most telling first.
#pragma once

#include <string>
#include <vector>

#include "synth/learn.h"

namespace aml::synth {

enum class Doubt : uint8_t {
  disagreement,  // programs that fit all examples give different results
  not_learned,   // no branch or piece of the program fits the row
  unlike,        // no example looks like it
};
std::string_view name_of(Doubt doubt);  // "disagreement", …

struct Question {
  size_t row = 0;  // of LearnTask::rows
  Doubt doubt = Doubt::disagreement;
  std::vector<Cell> candidates;  // different results, the likeliest first; at most 3
};

// At most `count` questions, one per shape of row. Rows that are examples are left out.
std::vector<Question> find_questions(const LearnTask& task, const Learned& learned, size_t count);

}  // namespace aml::synth
