// Learning by example: from a few rows whose result is known, and others of the same columns whose result is not, to a
// program that makes the results of all of them. amlprep's learn calls this; the result is saved as program text.
//
// The same examples and rows give the same program on any machine: effort is counted in steps of work, never in time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "synth/samples.h"

namespace aml::synth {

inline constexpr size_t kLearnBytesMax = 4096;  // of a cell of an example; unlabelled rows beyond are left out

struct LearnTask {
  std::vector<Example> examples;  // at least one; all with the same number of inputs
  std::vector<Cells> rows;        // unlabelled rows; the more shapes they show, the better the ranking
};

struct Learned {
  Program program;
  std::vector<Program> alternatives;  // other programs that fit all examples, the likeliest first
  std::vector<size_t> odd_examples;   // those no common program was found for; they have branches of their own
  bool generalizes = true;            // false: the program only repeats the examples
  int cost = 0;
};

Result<Learned> learn(const LearnTask& task);

}  // namespace aml::synth
