#include "model/trees.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "model/convert.h"

namespace aml::model {
namespace {

Result<Branch> parse_branch(const std::string& mode) {
  static constexpr std::pair<std::string_view, Branch> kModes[] = {
      {"LEAF", Branch::leaf},    {"BRANCH_LEQ", Branch::leq}, {"BRANCH_LT", Branch::lt},   {"BRANCH_GTE", Branch::gte},
      {"BRANCH_GT", Branch::gt}, {"BRANCH_EQ", Branch::eq},   {"BRANCH_NEQ", Branch::neq},
  };
  for (const auto& [name, branch] : kModes) {
    if (name == mode) return branch;
  }
  return data_error("node mode '{}' is not defined", mode);
}

// Every comparison with NaN is false but "not equal"; the node says where a missing value goes otherwise.
template <class Real>
bool goes_left(const TreeNode& node, Real value) {
  const auto x = static_cast<double>(value);
  if (node.sends_missing_left && x != x) return true;
  switch (node.branch) {
    case Branch::leq: return x <= node.threshold;
    case Branch::lt: return x < node.threshold;
    case Branch::gte: return x >= node.threshold;
    case Branch::gt: return x > node.threshold;
    case Branch::eq: return x == node.threshold;
    case Branch::neq: return x != node.threshold;
    case Branch::leaf: break;
  }
  return false;
}

// Float attributes, or since opset 3 a tensor of float or double with the same name and "_as_tensor".
Result<std::vector<double>> read_reals(Node& node, const std::string& name) {
  const Tensor tensor = TRY(node.tensor(name + "_as_tensor"));
  const std::vector<float> floats = TRY(node.reals(name));
  if (tensor.type() == ElementType::undefined) return std::vector<double>(floats.begin(), floats.end());
  if (!floats.empty()) return data_error("'{}' stands there twice", name);
  const Tensor wide = TRY(convert(tensor, ElementType::float64));
  return std::vector<double>(wide.values<double>().begin(), wide.values<double>().end());
}

struct NodeKey {
  int64_t tree = 0;
  int64_t id = 0;
  bool operator==(const NodeKey&) const = default;
};
struct NodeKeyHash {
  size_t operator()(const NodeKey& key) const { return std::hash<int64_t>()(key.tree * 1'000'003 ^ key.id); }
};

// The attributes of one tree operator, each a list with an entry per node or per leaf weight.
struct TreeAttributes {
  std::vector<int64_t> trees, ids, features, if_true, if_false, missing;
  std::vector<std::string> modes;
  std::vector<double> thresholds;
  std::vector<int64_t> weight_trees, weight_nodes, weight_targets;
  std::vector<double> weights;
};

Result<TreeAttributes> read_attributes(Node& node, const std::string& prefix) {
  TreeAttributes a;
  a.trees = TRY(node.integers("nodes_treeids"));
  a.ids = TRY(node.integers("nodes_nodeids"));
  a.features = TRY(node.integers("nodes_featureids"));
  a.if_true = TRY(node.integers("nodes_truenodeids"));
  a.if_false = TRY(node.integers("nodes_falsenodeids"));
  a.missing = TRY(node.integers("nodes_missing_value_tracks_true"));
  a.modes = TRY(node.texts("nodes_modes"));
  a.thresholds = TRY(read_reals(node, "nodes_values"));
  a.weight_trees = TRY(node.integers(prefix + "_treeids"));
  a.weight_nodes = TRY(node.integers(prefix + "_nodeids"));
  a.weight_targets = TRY(node.integers(prefix + "_ids"));
  a.weights = TRY(read_reals(node, prefix + "_weights"));
  node.ignore("nodes_hitrates");  // how often training passed here: no effect on scores
  node.ignore("nodes_hitrates_as_tensor");
  const size_t n = a.ids.size();
  const bool nodes_agree = a.trees.size() == n && a.features.size() == n && a.if_true.size() == n &&
                           a.if_false.size() == n && a.modes.size() == n && a.thresholds.size() == n &&
                           (a.missing.empty() || a.missing.size() == n);
  const size_t w = a.weights.size();
  const bool weights_agree = a.weight_trees.size() == w && a.weight_nodes.size() == w && a.weight_targets.size() == w;
  if (n == 0 || n > UINT32_MAX || w > UINT32_MAX) return data_error("it has {} tree nodes", n);
  if (!nodes_agree || !weights_agree) return data_error("the lists of nodes or of weights have different lengths");
  return a;
}

}  // namespace

class TreeReader {
 public:
  explicit TreeReader(TreeAttributes attributes) : a_(std::move(attributes)) {}

  Result<TreeEnsemble> read() {
    TRY(number_nodes());
    TRY(read_nodes());
    TRY(read_weights());
    TRY(find_roots());
    return std::move(ensemble_);
  }

 private:
  Status number_nodes() {
    for (size_t i = 0; i < a_.ids.size(); ++i) {
      if (!index_.emplace(NodeKey{a_.trees[i], a_.ids[i]}, static_cast<uint32_t>(i)).second) {
        return data_error("tree {} has two nodes {}", a_.trees[i], a_.ids[i]);
      }
    }
    return {};
  }

  Result<uint32_t> find(NodeKey key) const {
    const auto found = index_.find(key);
    if (found == index_.end()) return data_error("tree {} has no node {}", key.tree, key.id);
    return found->second;
  }

  Status read_nodes() {
    ensemble_.nodes_.resize(a_.ids.size());
    for (size_t i = 0; i < a_.ids.size(); ++i) {
      TreeNode& node = ensemble_.nodes_[i];
      node.branch = TRY(parse_branch(a_.modes[i]));
      if (node.branch == Branch::leaf) continue;
      node.threshold = a_.thresholds[i];
      node.sends_missing_left = !a_.missing.empty() && a_.missing[i] != 0;
      if (a_.features[i] < 0 || a_.features[i] >= INT32_MAX)
        return data_error("there is no feature {}", a_.features[i]);
      node.feature = static_cast<uint32_t>(a_.features[i]);
      node.left = TRY(find({a_.trees[i], a_.if_true[i]}));
      node.right = TRY(find({a_.trees[i], a_.if_false[i]}));
      ensemble_.feature_count_ = std::max(ensemble_.feature_count_, size_t{node.feature} + 1);
    }
    return {};
  }

  // Sorted by leaf, in the order given within one; each leaf gets the range of its weights.
  Status read_weights() {
    std::vector<std::pair<uint32_t, LeafWeight>> sorted;
    for (size_t i = 0; i < a_.weights.size(); ++i) {
      const uint32_t leaf = TRY(find({a_.weight_trees[i], a_.weight_nodes[i]}));
      if (a_.weight_targets[i] < 0 || a_.weight_targets[i] >= INT32_MAX) {
        return data_error("there is no target {}", a_.weight_targets[i]);
      }
      sorted.push_back({leaf, {static_cast<uint32_t>(a_.weight_targets[i]), a_.weights[i]}});
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [leaf, weight] : sorted) {
      const auto at = static_cast<uint32_t>(ensemble_.weights_.size());
      ensemble_.weights_.push_back(weight);
      ensemble_.target_count_ = std::max(ensemble_.target_count_, size_t{weight.target} + 1);
      TreeNode& node = ensemble_.nodes_[leaf];
      if (node.branch != Branch::leaf) continue;  // weights on inner nodes are never reached
      if (node.right == 0) node.left = at;
      node.right = at + 1;
    }
    return {};
  }

  // The root of a tree is its first node. With one parent at most for each node and none for the root, a walk from
  // there ends: what a hostile file could loop over cannot be reached.
  Status find_roots() {
    std::vector<uint8_t> has_parent(ensemble_.nodes_.size(), 0);
    for (const TreeNode& node : ensemble_.nodes_) {
      if (node.branch == Branch::leaf) continue;
      for (const uint32_t child : {node.left, node.right}) {
        if (has_parent[child]++ != 0) return data_error("a tree node has two parents");
      }
    }
    std::unordered_set<int64_t> seen;
    for (size_t i = 0; i < a_.trees.size(); ++i) {
      if (!seen.insert(a_.trees[i]).second) continue;
      if (has_parent[i] != 0) return data_error("the first node of tree {} is not its root", a_.trees[i]);
      ensemble_.roots_.push_back(i);
    }
    return {};
  }

  TreeAttributes a_;
  TreeEnsemble ensemble_;
  std::unordered_map<NodeKey, uint32_t, NodeKeyHash> index_;
};

Result<TreeEnsemble> TreeEnsemble::read(Node& node, const std::string& prefix, Aggregate aggregate) {
  TreeEnsemble ensemble = TRY(TreeReader(TRY(read_attributes(node, prefix))).read());
  ensemble.aggregate_ = aggregate;
  return ensemble;
}

template <class Real>
const TreeNode& TreeEnsemble::find_leaf(size_t root, const Real* row) const {
  const TreeNode* node = &nodes_[root];
  while (node->branch != Branch::leaf) node = &nodes_[goes_left(*node, row[node->feature]) ? node->left : node->right];
  return *node;
}

template <class Real>
void TreeEnsemble::vote(const TreeNode& leaf, std::span<TargetScore> scores) const {
  for (uint32_t i = leaf.left; i < leaf.right; ++i) {
    TargetScore& score = scores[weights_[i].target];
    const double weight = weights_[i].weight;
    if (!score.has_score) {
      score = {weight, true};
    } else if (aggregate_ == Aggregate::min) {
      score.value = std::min(score.value, weight);
    } else if (aggregate_ == Aggregate::max) {
      score.value = std::max(score.value, weight);
    } else {
      score.value = static_cast<double>(static_cast<Real>(score.value + weight));
    }
  }
}

template <class Real>
void TreeEnsemble::score(const Real* row, std::span<TargetScore> scores) const {
  for (const size_t root : roots_) vote<Real>(find_leaf(root, row), scores);
  if (aggregate_ != Aggregate::average) return;
  for (TargetScore& score : scores) score.value /= static_cast<double>(roots_.size());
}

template void TreeEnsemble::score(const float* row, std::span<TargetScore> scores) const;
template void TreeEnsemble::score(const double* row, std::span<TargetScore> scores) const;

}  // namespace aml::model
