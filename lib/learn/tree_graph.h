// Writes boosted trees as one TreeEnsembleRegressor of ai.onnx.ml 3, with thresholds and leaf values in double.
#pragma once

#include <string>
#include <vector>

#include "learn/tree.h"
#include "model/graph.h"

namespace aml::learn {

struct TreeEnsemble {
  std::vector<Tree> trees;
  std::vector<uint32_t> targets;  // by tree: the output it adds to
  std::vector<double> base;       // by output: what the trees add to
};

// `features` is the value made by add_features() in the style NumberStyle::raw. Returns float scores [N, outputs].
std::string add_trees(model::GraphBuilder& graph, const std::string& features, const TreeEnsemble& ensemble,
                      const std::vector<FeatureBins>& bins);

}  // namespace aml::learn
