// L-BFGS (Nocedal 1980) with a weak Wolfe line search, and OWL-QN (Andrew, Gao 2007) where weights carry an L1
// penalty. All state is double; sums run over fixed lanes, so the path taken is the same on every machine.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "kernel/dispatch.h"

namespace aml::learn {

class SmoothFunction {
 public:
  virtual ~SmoothFunction() = default;
  // The value at `x`; `gradient` has the size of `x` and is overwritten.
  virtual double evaluate(std::span<const double> x, std::span<double> gradient) = 0;
};

struct LbfgsOptions {
  uint64_t memory = 20;
  uint64_t iterations_max = 1000;
  double tolerance = 1e-7;      // ends when the mean relative improvement of five iterations falls below it
  std::vector<double> l1 = {};  // penalty by coordinate; empty: none
};

struct LbfgsResult {
  double value = 0;  // of the function and the penalty
  uint64_t iterations = 0;
  bool has_converged = false;  // false: iterations_max was reached
};

// Called after each iteration; an error ends the search.
using LbfgsStep = std::function<Status(uint64_t iteration, std::span<const double> x)>;

// Minimises function(x) + sum of l1[i] |x[i]| from the given `x`, which ends as the best point found.
Result<LbfgsResult> minimise(SmoothFunction& function, std::vector<double>& x, const LbfgsOptions& options,
                             const kernel::KernelTable& kernels, const LbfgsStep& on_step);

}  // namespace aml::learn
