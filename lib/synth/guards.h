// Guards: which questions about a row tell the examples of one branch from those of the branches behind it.
#pragma once

#include <vector>

#include "synth/samples.h"

namespace aml::synth {

struct GuardTask {
  std::vector<const Cells*> inside;   // rows the guard must let through
  std::vector<const Cells*> outside;  // rows it must not
};

struct FoundGuard {
  std::vector<Test> tests;
  int cost = 0;
};

// Guards that fit, the simplest first; none when there is no such question. At most two tests each.
std::vector<FoundGuard> find_guards(const GuardTask& task, size_t count);

}  // namespace aml::synth
