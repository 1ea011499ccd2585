// A regression tree over binned features, and how it grows leaf by leaf from a histogram of gradients.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernel/dispatch.h"
#include "learn/binning.h"

namespace aml::learn {

struct TreeNode {
  // A leaf has no feature; a split sends bins <= bin, and missing values if so learned, to the left.
  static constexpr int32_t kNone = -1;
  int32_t feature = kNone;
  uint8_t bin = 0;
  bool missing_left = false;
  int32_t left = kNone;
  int32_t right = kNone;
  double value = 0;  // leaves: what is added to the score
  bool is_leaf() const { return feature == kNone; }
};

struct Tree {
  std::vector<TreeNode> nodes;  // nodes[0] is the root
};

struct GrowOptions {
  uint64_t leaves_max = 20;
  uint64_t leaf_rows_min = 10;
  double lambda = 1;    // added to every sum of hessians
  double gain_min = 0;  // a split must gain more
  double learning_rate = 0.2;
  unsigned threads = 1;
};

// Rows in the order a growing tree has divided them: the rows of a leaf stand together.
struct LeafRows {
  int32_t node = 0;
  std::span<const uint32_t> train;
  std::span<const uint32_t> held_out;  // no part in growing, only carried along for their scores
};

// How gradients were made fixed-point. `count_unit` is 1 << count_shift.
struct GradientForm {
  kernel::GradientScale scale = {};
  int count_shift = 0;
};

// The finest form in which the sums over `rows` cannot overflow, given the largest |gradient| and hessian.
GradientForm choose_form(size_t rows, double gradient_max, double hessian_max);

}  // namespace aml::learn
