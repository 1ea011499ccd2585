#include "learn/tree_graph.h"

#include <limits>

namespace aml::learn {
namespace {

// The parallel arrays of the operator, one entry per node and one per leaf.
struct Arrays {
  std::vector<int64_t> tree_ids, node_ids, feature_ids, true_ids, false_ids, missing_true;
  std::vector<std::string> modes;
  std::vector<double> values;
  std::vector<int64_t> leaf_tree_ids, leaf_node_ids, leaf_targets;
  std::vector<double> leaf_values;
};

// Bin b is left when x <= cuts[b]; behind the last cut every number is left and only missing values are right.
double threshold_of(const FeatureBins& bins, uint8_t bin) {
  return bin < bins.cuts.size() ? bins.cuts[bin] : std::numeric_limits<double>::infinity();
}

void append_tree(const Tree& tree, int64_t id, int64_t target, const std::vector<FeatureBins>& bins, Arrays& arrays) {
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const TreeNode& node = tree.nodes[i];
    arrays.tree_ids.push_back(id);
    arrays.node_ids.push_back(static_cast<int64_t>(i));
    arrays.modes.emplace_back(node.is_leaf() ? "LEAF" : "BRANCH_LEQ");
    arrays.feature_ids.push_back(node.is_leaf() ? 0 : node.feature);
    arrays.values.push_back(node.is_leaf() ? 0 : threshold_of(bins[static_cast<size_t>(node.feature)], node.bin));
    arrays.true_ids.push_back(node.is_leaf() ? 0 : node.left);
    arrays.false_ids.push_back(node.is_leaf() ? 0 : node.right);
    arrays.missing_true.push_back(node.missing_left ? 1 : 0);
    if (!node.is_leaf()) continue;
    arrays.leaf_tree_ids.push_back(id);
    arrays.leaf_node_ids.push_back(static_cast<int64_t>(i));
    arrays.leaf_targets.push_back(target);
    arrays.leaf_values.push_back(node.value);
  }
}

}  // namespace

std::string add_trees(model::GraphBuilder& graph, const std::string& features, const TreeEnsemble& ensemble,
                      const std::vector<FeatureBins>& bins) {
  Arrays arrays;
  for (size_t i = 0; i < ensemble.trees.size(); ++i)
    append_tree(ensemble.trees[i], static_cast<int64_t>(i), ensemble.targets[i], bins, arrays);
  // The operator needs a tree even where none was worth growing.
  if (ensemble.trees.empty()) append_tree({.nodes = {TreeNode{}}}, 0, 0, bins, arrays);
  return graph.add({.op = "TreeEnsembleRegressor",
                    .domain = std::string(model::kMlDomain),
                    .inputs = {features},
                    .attributes = {{"aggregate_function", std::string("SUM")},
                                   {"base_values_as_tensor", model::vector_of(ensemble.base)},
                                   {"n_targets", static_cast<int64_t>(ensemble.base.size())},
                                   {"nodes_falsenodeids", arrays.false_ids},
                                   {"nodes_featureids", arrays.feature_ids},
                                   {"nodes_missing_value_tracks_true", arrays.missing_true},
                                   {"nodes_modes", arrays.modes},
                                   {"nodes_nodeids", arrays.node_ids},
                                   {"nodes_treeids", arrays.tree_ids},
                                   {"nodes_truenodeids", arrays.true_ids},
                                   {"nodes_values_as_tensor", model::vector_of(arrays.values)},
                                   {"post_transform", std::string("NONE")},
                                   {"target_ids", arrays.leaf_targets},
                                   {"target_nodeids", arrays.leaf_node_ids},
                                   {"target_treeids", arrays.leaf_tree_ids},
                                   {"target_weights_as_tensor", model::vector_of(arrays.leaf_values)}}});
}

}  // namespace aml::learn
