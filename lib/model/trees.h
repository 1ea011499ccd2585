// Tree ensembles as arrays: built from the attributes of ai.onnx.ml's tree operators, checked to be trees, and walked
// for many rows at once.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "model/operator.h"

namespace aml::model {

enum class Branch : uint8_t { leaf, leq, lt, gte, gt, eq, neq };
enum class Aggregate : uint8_t { sum, average, min, max };

// What a tree says at a leaf about one target or class.
struct LeafWeight {
  uint32_t target = 0;
  double weight = 0;
};

// 32 bytes. Leaves use `left` and `right` as the range of their weights.
struct TreeNode {
  double threshold = 0;
  uint32_t feature = 0;
  uint32_t left = 0;  // where a row goes when the test is true
  uint32_t right = 0;
  Branch branch = Branch::leaf;
  bool sends_missing_left = false;
};

// How often the leaf weights speak about a target, and the sum (or extreme) so far.
struct TargetScore {
  double value = 0;
  bool has_score = false;
};

class TreeEnsemble {
 public:
  // `prefix` is "target" or "class": where the leaf weights are written.
  static Result<TreeEnsemble> read(Node& node, const std::string& prefix, Aggregate aggregate);

  size_t target_count() const { return target_count_; }  // one more than the greatest target a leaf names
  size_t feature_count() const { return feature_count_; }
  std::span<const LeafWeight> weights() const { return weights_; }

  // `scores` has one entry per target, all zero. Real is the input's type. Comparisons happen in double, which holds
  // float and the float thresholds exactly; sums are rounded to Real after each tree, because ten votes of 0.1F must be
  // as even a tie here as in other runtimes.
  template <class Real>
  void score(const Real* row, std::span<TargetScore> scores) const;

 private:
  friend class TreeReader;
  template <class Real>
  const TreeNode& find_leaf(size_t root, const Real* row) const;
  template <class Real>
  void vote(const TreeNode& leaf, std::span<TargetScore> scores) const;

  std::vector<TreeNode> nodes_;
  std::vector<LeafWeight> weights_;
  std::vector<size_t> roots_;
  Aggregate aggregate_ = Aggregate::sum;
  size_t target_count_ = 0;
  size_t feature_count_ = 0;
};

}  // namespace aml::model
