// Grows one tree after another over the same binned table, always splitting the leaf that gains most.
#pragma once

#include <vector>

#include "learn/split.h"
#include "learn/tree.h"

namespace aml::learn {

// `table` and `kernels` must outlive the grower.
class TreeGrower {
 public:
  TreeGrower(const BinnedTable& table, const kernel::KernelTable& kernels, const GrowOptions& options);

  // `gradients` by training row, in the given form.
  Tree grow(std::span<const kernel::GradientPair> gradients, const GradientForm& form);

  // The leaves of the tree grown last; valid until the next grow().
  std::vector<LeafRows> leaf_rows() const;

 private:
  using Histogram = std::vector<kernel::BinSum>;
  struct Range {
    size_t begin = 0;
    size_t end = 0;
    size_t size() const { return end - begin; }
  };
  struct Leaf {
    int32_t node = 0;
    Range train = {};
    Range held_out = {};
    kernel::BinSum sum = {0, 0};
    Histogram histogram = {};
    Split split = {};
  };

  void reset_rows();
  Leaf make_root();
  size_t best_leaf() const;  // leaves_.size() when none can be split
  void split_leaf(size_t index);
  void search_children(Histogram parent, Leaf& left, Leaf& right);
  void search(Leaf& leaf);
  Range divide(Range& rows, std::vector<uint32_t>& order, const TreeNode& node);  // keeps the left, returns the right
  void build_histogram(const Range& rows, Histogram& histogram);
  Histogram take_histogram();
  void release(Histogram histogram) { spare_.push_back(std::move(histogram)); }
  void set_values();

  const BinnedTable& table_;
  const kernel::KernelTable& kernels_;
  GrowOptions options_;
  GradientForm form_;
  std::span<const kernel::GradientPair> gradients_;
  std::vector<uint32_t> train_order_;
  std::vector<uint32_t> held_out_order_;
  std::vector<uint32_t> right_;  // room for divide()
  std::vector<Leaf> leaves_;
  std::vector<Histogram> spare_;
  Tree tree_;
};

}  // namespace aml::learn
