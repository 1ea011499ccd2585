// Gradient-boosted trees (Friedman 2001) over binned features, with second-order leaf values and leaf-wise growth.
// Gradients are fixed-point integers, so the model's bytes do not depend on the number of threads.
#include <cmath>

#include "learn/feature_graph.h"
#include "learn/learner.h"
#include "learn/tree_graph.h"
#include "learn/tree_grower.h"
#include "os/parallel.h"

namespace aml::learn {
namespace {

using kernel::GradientPair;
using kernel::LossSum;

enum class Objective : uint8_t {
  logistic,  // two classes: one score per row, the log odds of the second class
  softmax,   // more classes: one score per class
  squared,   // regression
};

class FastTrees final : public Learner {
 public:
  std::string_view name() const override { return "fast_trees"; }
  std::string_view summary() const override { return "gradient-boosted trees for classes or numbers"; }
  std::vector<ParamSpec> params() override;
  bool can(model::Task) const override { return true; }
  Status fit(const Dataset& data, const FitContext& context) override;
  const std::vector<double>& held_out_scores() const override { return held_out_scores_; }
  void write(const Dataset& data, model::GraphBuilder& graph) const override;

 private:
  void start(const Dataset& data, const FitContext& context);
  StepLosses compute(const Dataset& data, const FitContext& context, std::vector<GradientPair>* gradients);
  LossSum compute_block(const Dataset& data, const FitContext& context, size_t begin, size_t end,
                        std::vector<GradientPair>* gradients) const;
  void grow_round(TreeGrower& grower, const std::vector<GradientPair>& gradients, const FitContext& context);
  void keep_held_out_scores(const Dataset& data);

  uint64_t num_trees_ = 100;
  uint64_t max_bins_ = kBinsMax;
  GrowOptions grow_;

  Objective objective_ = Objective::logistic;
  size_t outputs_ = 1;
  GradientForm form_;
  BinnedTable table_;
  TreeEnsemble ensemble_;
  std::vector<double> scores_;  // output by output, all rows
  std::vector<double> held_out_scores_;
};

std::vector<ParamSpec> FastTrees::params() {
  return {{"num_trees", "rounds of boosting; each grows one tree per class (one in all for two classes)", &num_trees_,
           1, 1e6},
          {"num_leaves", "leaves per tree at most", &grow_.leaves_max, 2, 32768},
          {"learning_rate", "how much of each tree's step is taken", &grow_.learning_rate, 1e-6, 1},
          {"min_leaf", "training rows per leaf at least", &grow_.leaf_rows_min, 1, 1e9},
          {"max_bins", "bins per number column at most", &max_bins_, 2, static_cast<double>(kBinsMax)},
          {"lambda", "L2 regularisation of leaf values", &grow_.lambda, 0, 1e9},
          {"min_gain", "gain of a split at least", &grow_.gain_min, 0, 1e18}};
}

// The best constant scores: the mean of the targets, or the logarithms of the classes' shares.
std::vector<double> base_scores(const Dataset& data, Objective objective, const FitContext& context) {
  const size_t rows = data.train_rows();
  if (objective == Objective::squared) {
    double mean = 0;
    for (size_t row = 0; row < rows; ++row) mean += (data.labels.targets[row] - mean) / static_cast<double>(row + 1);
    return {mean};
  }
  std::vector<double> shares(data.classes());
  for (size_t row = 0; row < rows; ++row) shares[data.labels.codes[row]] += 1;
  context.kernels.log(shares.data(), shares.size());
  if (objective == Objective::logistic) return {shares[1] - shares[0]};
  double total = static_cast<double>(rows);
  context.kernels.log(&total, 1);
  for (double& share : shares) share -= total;
  return shares;
}

void FastTrees::start(const Dataset& data, const FitContext& context) {
  if (data.labels.task == model::Task::regression) objective_ = Objective::squared;
  else objective_ = data.classes() == 2 ? Objective::logistic : Objective::softmax;
  outputs_ = objective_ == Objective::softmax ? data.classes() : 1;
  grow_.threads = context.threads;
  table_ = bin_features(data.features, {.max_bins = max_bins_, .seed = context.seed, .threads = context.threads});
  ensemble_ = {.trees = {}, .targets = {}, .base = base_scores(data, objective_, context)};
  scores_.clear();
  for (const double base : ensemble_.base) scores_.insert(scores_.end(), table_.rows, base);
  // Friedman's factor K / (K - 1) brings the diagonal hessian of K redundant scores to the right size.
  const double hessian_max = objective_ == Objective::softmax ? 0.5 : 0.25;
  form_ = choose_form(data.train_rows(), 1, hessian_max);
}

LossSum FastTrees::compute_block(const Dataset& data, const FitContext& context, size_t begin, size_t end,
                                 std::vector<GradientPair>* gradients) const {
  GradientPair* out = gradients == nullptr ? nullptr : gradients->data() + begin;
  const double* scores = scores_.data() + begin;
  const size_t rows = end - begin;
  if (objective_ == Objective::squared)
    return {
        context.kernels.squared_gradients(scores, data.labels.targets.data() + begin, rows, form_.scale.gradient, out),
        0};
  const uint32_t* labels = data.labels.codes.data() + begin;
  if (objective_ == Objective::logistic)
    return context.kernels.logistic_gradients(scores, labels, rows, form_.scale, out);
  const auto classes = static_cast<double>(outputs_);
  return context.kernels.softmax_gradients({.scores = scores,
                                            .stride = table_.rows,
                                            .classes = outputs_,
                                            .labels = labels,
                                            .rows = rows,
                                            .hessian_factor = classes / (classes - 1),
                                            .scale = form_.scale,
                                            .out = out});
}

// Losses of the present scores and, unless null, the gradients of the training rows. Losses are summed per fixed
// block and then in block order.
StepLosses FastTrees::compute(const Dataset& data, const FitContext& context, std::vector<GradientPair>* gradients) {
  if (objective_ == Objective::squared) {
    const double largest =
        context.kernels.largest_difference(scores_.data(), data.labels.targets.data(), data.train_rows());
    form_ = choose_form(data.train_rows(), largest, 1);
    form_.scale.hessian = 1;  // every row's hessian is the integer 1
  }
  const auto sum_over = [&](size_t first, size_t last, std::vector<GradientPair>* out) {
    const size_t blocks = (last - first + kBlockRows - 1) / kBlockRows;
    std::vector<LossSum> sums(blocks);
    os::parallel_for(blocks, context.threads, [&](size_t block) {
      const size_t begin = first + block * kBlockRows;
      sums[block] = compute_block(data, context, begin, std::min(begin + kBlockRows, last), out);
    });
    LossSum total{0, 0};
    for (const LossSum& sum : sums) total = {total.loss + sum.loss, total.correct + sum.correct};
    return total;
  };
  return {.train = sum_over(0, data.train_rows(), gradients),
          .held_out = sum_over(data.train_rows(), table_.rows, nullptr)};
}

// One tree per output, all from the gradients at the start of the round.
void FastTrees::grow_round(TreeGrower& grower, const std::vector<GradientPair>& gradients, const FitContext& context) {
  for (size_t output = 0; output < outputs_; ++output) {
    Tree tree = grower.grow(std::span(gradients).subspan(output * table_.rows, table_.train_rows), form_);
    if (tree.nodes.size() == 1) continue;  // no split gains anything
    double* scores = scores_.data() + output * table_.rows;
    for (const LeafRows& leaf : grower.leaf_rows()) {
      const double value = tree.nodes[static_cast<size_t>(leaf.node)].value;
      context.kernels.add_at(scores, leaf.train.data(), leaf.train.size(), value);
      context.kernels.add_at(scores, leaf.held_out.data(), leaf.held_out.size(), value);
    }
    ensemble_.trees.push_back(std::move(tree));
    ensemble_.targets.push_back(static_cast<uint32_t>(output));
  }
}

void FastTrees::keep_held_out_scores(const Dataset& data) {
  held_out_scores_.clear();
  if (objective_ == Objective::logistic) held_out_scores_.resize(data.held_out_rows());  // the first class has score 0
  for (size_t output = 0; output < outputs_; ++output) {
    const auto first = scores_.begin() + static_cast<std::ptrdiff_t>(output * table_.rows + data.train_rows());
    held_out_scores_.insert(held_out_scores_.end(), first, first + static_cast<std::ptrdiff_t>(data.held_out_rows()));
  }
}

Status FastTrees::fit(const Dataset& data, const FitContext& context) {
  start(data, context);
  TreeGrower grower(table_, context.kernels, grow_);
  std::vector<GradientPair> gradients(outputs_ * table_.rows);
  for (uint64_t round = 0;; ++round) {
    TRY(context.check_cancel());
    const StepLosses losses = compute(data, context, round == num_trees_ ? nullptr : &gradients);
    if (round != 0 && objective_ == Objective::squared) TRY(report_regression(data, context, round, losses));
    if (round != 0 && objective_ != Objective::squared) TRY(report_classification(data, context, round, losses));
    if (round == num_trees_) break;
    grow_round(grower, gradients, context);
  }
  keep_held_out_scores(data);
  return {};
}

void FastTrees::write(const Dataset& data, model::GraphBuilder& graph) const {
  const std::string features = add_features(graph, data.features.columns, NumberStyle::raw);
  TreeEnsemble ensemble = ensemble_;
  if (objective_ == Objective::logistic) {
    ensemble.base.insert(ensemble.base.begin(), 0);  // the score of the first class is 0
    for (uint32_t& target : ensemble.targets) target = 1;
  }
  const std::string scores = add_trees(graph, features, ensemble, table_.bins);
  if (objective_ == Objective::squared) return graph.output({"score", model::ElementType::float32, {-1, 1}}, scores);
  add_class_outputs(graph, scores, model::ElementType::float32, data.labels.classes);
}

}  // namespace

std::unique_ptr<Learner> make_fast_trees() { return std::make_unique<FastTrees>(); }

}  // namespace aml::learn
