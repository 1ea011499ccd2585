#include "model/trees.h"

#include <doctest/doctest.h>

#include <cmath>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {

using Ints = std::vector<int64_t>;
using Words = std::vector<std::string>;

// One tree: x ≤ threshold goes to a leaf of weight 1, else to a leaf of weight 2.
struct Stump {
  Ints if_true = {1, 0, 0};
  Ints if_false = {2, 0, 0};
  Words modes = {"BRANCH_LEQ", "LEAF", "LEAF"};
  Ints missing_goes_left = {0, 0, 0};
  Ints weight_nodes = {1, 2};
  Tensor threshold = vector_of(std::vector<double>{0.1, 0, 0});

  NodeSpec node() const {
    return {.op = "TreeEnsembleRegressor",
            .domain = std::string(kMlDomain),
            .attributes = {{"nodes_treeids", Ints{0, 0, 0}},
                           {"nodes_nodeids", Ints{0, 1, 2}},
                           {"nodes_featureids", Ints{0, 0, 0}},
                           {"nodes_values_as_tensor", threshold},
                           {"nodes_modes", modes},
                           {"nodes_truenodeids", if_true},
                           {"nodes_falsenodeids", if_false},
                           {"nodes_missing_value_tracks_true", missing_goes_left},
                           {"target_treeids", Ints{0, 0}},
                           {"target_nodeids", weight_nodes},
                           {"target_ids", Ints{0, 0}},
                           {"target_weights_as_tensor", vector_of(std::vector<double>{1, 2})},
                           {"n_targets", int64_t{1}}}};
  }
};

float score(const Stump& stump, const Tensor& x) {
  return run_node(stump.node(), {x}).value().front().values<float>()[0];
}

std::string error_of(const Stump& stump) {
  const auto result = run_node(stump.node(), {doubles({1, 1}, {0})});
  return result.ok() ? "no error" : result.error().message.substr(result.error().message.rfind(": ") + 2);
}

}  // namespace

TEST_CASE("double thresholds are kept in full, float inputs are compared as they are") {
  const Stump stump;
  CHECK(score(stump, doubles({1, 1}, {0.1})) == 1);
  CHECK(score(stump, doubles({1, 1}, {std::nextafter(0.1, 1)})) == 2);
  CHECK(score(stump, floats({1, 1}, {0.1F})) == 2);  // 0.1F is above 0.1
}

TEST_CASE("each branch mode does what it is called") {
  const auto with_mode = [](const char* mode, double x) {
    Stump stump;
    stump.modes[0] = mode;
    return score(stump, doubles({1, 1}, {x}));
  };
  const std::vector<double> below_equal_above = {0.0, 0.1, 0.2};
  const std::vector<std::pair<const char*, std::vector<float>>> expected = {
      {"BRANCH_LEQ", {1, 1, 2}}, {"BRANCH_LT", {1, 2, 2}}, {"BRANCH_GTE", {2, 1, 1}},
      {"BRANCH_GT", {2, 2, 1}},  {"BRANCH_EQ", {2, 1, 2}}, {"BRANCH_NEQ", {1, 2, 1}}};
  for (const auto& [mode, answers] : expected) {
    for (size_t i = 0; i < answers.size(); ++i) CHECK(with_mode(mode, below_equal_above[i]) == answers[i]);
  }
}

TEST_CASE("a missing value goes where the node says, else every test but not-equal fails") {
  Stump stump;
  CHECK(score(stump, doubles({1, 1}, {NAN})) == 2);
  stump.missing_goes_left[0] = 1;
  CHECK(score(stump, doubles({1, 1}, {NAN})) == 1);
  stump.missing_goes_left[0] = 0;
  stump.modes[0] = "BRANCH_NEQ";
  CHECK(score(stump, doubles({1, 1}, {NAN})) == 1);
}

TEST_CASE("graphs that are no trees are refused") {
  Stump loop;
  loop.if_true[0] = 0;
  CHECK(error_of(loop) == "the first node of tree 0 is not its root");
  Stump shared;
  shared.if_true[0] = 2;
  CHECK(error_of(shared) == "a tree node has two parents");
  Stump missing_node;
  missing_node.if_true[0] = 9;
  CHECK(error_of(missing_node) == "tree 0 has no node 9");
  Stump stray_weight;
  stray_weight.weight_nodes = {1, 9};
  CHECK(error_of(stray_weight) == "tree 0 has no node 9");
  Stump odd_mode;
  odd_mode.modes[0] = "BRANCH_MAYBE";
  CHECK(error_of(odd_mode) == "node mode 'BRANCH_MAYBE' is not defined");
}

TEST_CASE("a table narrower than the trees' features is refused") {
  const auto result = run_node(Stump().node(), {doubles({2, 0}, {})});
  CHECK(result.error().message.find("input [2,0] has fewer than 1 features") != std::string::npos);
}

TEST_CASE("five float votes of a tenth are exactly half") {
  NodeSpec node{.op = "TreeEnsembleClassifier",
                .domain = std::string(kMlDomain),
                .attributes = {{"nodes_treeids", Ints{0, 1, 2, 3, 4}},
                               {"nodes_nodeids", Ints{0, 0, 0, 0, 0}},
                               {"nodes_featureids", Ints{0, 0, 0, 0, 0}},
                               {"nodes_values", std::vector<float>(5, 0)},
                               {"nodes_modes", Words(5, "LEAF")},
                               {"nodes_truenodeids", Ints(5, 0)},
                               {"nodes_falsenodeids", Ints(5, 0)},
                               {"class_treeids", Ints{0, 1, 2, 3, 4}},
                               {"class_nodeids", Ints(5, 0)},
                               {"class_ids", Ints(5, 0)},
                               {"class_weights", std::vector<float>(5, 0.1F)},
                               {"classlabels_strings", Words{"no", "yes"}}}};
  const auto outputs = run_node(node, {floats({1, 1}, {0})}, 2).value();
  CHECK(list<std::string>(outputs[0]) == Words{"no"});
  CHECK(list<float>(outputs[1]) == std::vector<float>{0.5F, 0.5F});
}
