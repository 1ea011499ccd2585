// The best split of a leaf, found from its histogram.
#pragma once

#include <cstdint>
#include <span>

#include "learn/tree.h"

namespace aml::learn {

struct Split {
  double gain = 0;  // rounded to 40 bits, so that equal splits tie on every machine; 0: no split is worth it
  int32_t feature = -1;
  uint8_t bin = 0;
  bool missing_left = false;
};

struct SplitSearch {
  const BinnedTable& table;
  const GrowOptions& options;
  const GradientForm& form;
};

inline uint64_t count_of(const kernel::BinSum& sum, const GradientForm& form) {
  return static_cast<uint64_t>(sum.hessian_count) >> form.count_shift;
}
double gradient_of(const kernel::BinSum& sum, const GradientForm& form);
double hessian_of(const kernel::BinSum& sum, const GradientForm& form);

// Ties go to the lower feature, then the lower bin, then to missing values on the right. A leaf without missing
// values sends those it may meet later to the child with more rows.
Split find_split(const SplitSearch& search, std::span<const kernel::BinSum> histogram, const kernel::BinSum& total);

}  // namespace aml::learn
