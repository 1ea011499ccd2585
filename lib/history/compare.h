// What two runs have not in common: `amlhist diff`.
#pragma once

#include <string>
#include <vector>

#include "store/run_record.h"
#include "text/fields.h"

namespace aml::history {

struct Difference {
  std::string section;  // "params", "metrics", "inputs", "source", "run"
  std::string key;
  std::string left;  // empty when that side has none
  std::string right;
  bool operator==(const Difference&) const = default;
};

// Command, parameters, seed, inputs by digest, snapshot, git commit, environment, target, state and last metrics.
// Times, hosts and ids differ always and are left out.
std::vector<Difference> compare_runs(const store::RunSummary& left, const store::RunSummary& right);

text::Fields describe(const Difference& difference);

}  // namespace aml::history
