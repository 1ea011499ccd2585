// ai.onnx.ml's TreeEnsembleRegressor and TreeEnsembleClassifier. Where the specification is silent (two classes and
// scores for one of them) the answer is onnxruntime's: tests/interop/onnx_oracle.py compares the two.
#include <algorithm>
#include <memory>

#include "model/classes.h"
#include "model/convert.h"
#include "model/operators.h"
#include "model/post_transform.h"
#include "model/trees.h"

namespace aml::model {
namespace {

Result<Aggregate> parse_aggregate(const std::string& name) {
  if (name == "SUM") return Aggregate::sum;
  if (name == "AVERAGE") return Aggregate::average;
  if (name == "MIN") return Aggregate::min;
  if (name == "MAX") return Aggregate::max;
  return data_error("aggregate_function '{}' is not defined", name);
}

Result<std::vector<double>> read_base_values(Node& node) {
  const Tensor tensor = TRY(node.tensor("base_values_as_tensor"));
  const std::vector<float> floats = TRY(node.reals("base_values"));
  if (tensor.type() == ElementType::undefined) return std::vector<double>(floats.begin(), floats.end());
  const Tensor wide = TRY(convert(tensor, ElementType::float64));
  return std::vector<double>(wide.values<double>().begin(), wide.values<double>().end());
}

// Calls row(index, scores) for each row of x with what the trees say about `targets` targets.
template <class Real, class Row>
void score_rows(const TreeEnsemble& trees, const Tensor& x, size_t targets, Row row) {
  const auto width = static_cast<size_t>(x.shape()[1]);
  std::vector<TargetScore> scores(targets);
  for (size_t i = 0; i < static_cast<size_t>(x.shape()[0]); ++i) {
    std::fill(scores.begin(), scores.end(), TargetScore{});
    trees.score(x.values<Real>().data() + i * width, scores);
    row(i, scores);
  }
}

template <class Row>
Status score_tensor(const TreeEnsemble& trees, const Tensor& input, size_t targets, Row row) {
  if (input.rank() == 0 || input.rank() > 2) return data_error("input {} is no matrix", to_text(input.shape()));
  Tensor x = input.rank() == 2 ? input : input.reshaped({1, input.shape()[0]});
  if (static_cast<size_t>(x.shape()[1]) < trees.feature_count()) {
    return data_error("input {} has fewer than {} features", to_text(input.shape()), trees.feature_count());
  }
  // Integers are compared as floats, as the float thresholds ask for.
  if (x.type() != ElementType::float64) x = TRY(convert(x, ElementType::float32));
  if (x.type() == ElementType::float64) {
    score_rows<double>(trees, x, targets, row);
  } else {
    score_rows<float>(trees, x, targets, row);
  }
  return {};
}

Result<Kernel> compile_regressor(Node& node) {
  const Aggregate aggregate = TRY(parse_aggregate(TRY(node.text("aggregate_function", "SUM"))));
  const TreeEnsemble trees = TRY(TreeEnsemble::read(node, "target", aggregate));
  const int64_t wanted = TRY(node.integer("n_targets", 1));
  const PostTransform post = TRY(parse_post_transform(TRY(node.text("post_transform", "NONE"))));
  const std::vector<double> base = TRY(read_base_values(node));
  if (wanted < static_cast<int64_t>(trees.target_count()) || wanted < 1 || wanted > INT32_MAX) {
    return data_error("n_targets is {}, the leaves name {}", wanted, trees.target_count());
  }
  const auto targets = static_cast<size_t>(wanted);
  if (!base.empty() && base.size() != targets) return data_error("{} base values, {} targets", base.size(), targets);
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    const Shape shape = {in[0].rank() == 2 ? in[0].shape()[0] : 1, wanted};
    std::vector<float> out(TRY(checked_count(shape)));
    std::vector<double> line(targets);
    TRY(score_tensor(trees, in[0], targets, [&](size_t row, std::span<const TargetScore> scores) {
      for (size_t i = 0; i < targets; ++i) line[i] = scores[i].value + (base.empty() ? 0 : base[i]);
      apply_post_transform(line, post);
      std::transform(line.begin(), line.end(), out.begin() + static_cast<int64_t>(row * targets),
                     [](double x) { return static_cast<float>(x); });
    }));
    return Tensors{Tensor(ElementType::float32, shape, std::move(out))};
  });
}

struct Classifier {
  TreeEnsemble trees;
  ClassLabels labels;
  std::vector<double> base;
  PostTransform post = PostTransform::none;
  bool has_one_score = false;     // two classes, but every leaf speaks about the same one
  bool is_never_negative = true;  // no leaf weight is below 0: scores are probabilities already
};

// One row's class and its scores after the post transform, one per class.
struct Verdict {
  size_t label = 0;
  std::vector<double> scores;
};

size_t index_of_greatest(std::span<const TargetScore> scores) {
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i].has_score && (best == SIZE_MAX || scores[i].value > scores[best].value)) best = i;
  }
  return best == SIZE_MAX ? 0 : best;
}

// The specification's "top class"; onnxruntime takes the sign of the second score when there are two, and so can name a
// class whose probability is the lower one.
Verdict judge_many(const Classifier& model, std::vector<TargetScore> scores) {
  for (size_t i = 0; i < model.base.size(); ++i) scores[i] = {scores[i].value + model.base[i], true};
  Verdict verdict{.label = index_of_greatest(scores), .scores = {}};
  for (const TargetScore& score : scores) verdict.scores.push_back(score.value);
  apply_post_transform(verdict.scores, model.post);
  return verdict;
}

// A single score stands for the second class. Where it is a probability, the first class gets the rest; where it is a
// margin, its negative.
std::vector<double> complete_pair(const Classifier& model, double score) {
  if (model.post == PostTransform::logistic) return {logistic(-score), logistic(score)};
  if (model.post == PostTransform::probit) {
    apply_post_transform({&score, 1}, model.post);
    return {1 - score, score};
  }
  if (model.is_never_negative) return {1 - score, score};
  return {-score, score};
}

// Two classes and every leaf speaks about the same one: if it is a vote count, half of the votes decide, if it is a
// margin its sign does.
Verdict judge_one_score(const Classifier& model, const std::vector<TargetScore>& scores) {
  double score = scores[scores[1].has_score ? 1 : 0].value;
  if (!model.base.empty()) score += model.base.back();
  return {.label = score > (model.is_never_negative ? 0.5 : 0.0) ? 1U : 0U, .scores = complete_pair(model, score)};
}

Result<Classifier> read_classifier(Node& node) {
  Classifier model{.trees = TRY(TreeEnsemble::read(node, "class", Aggregate::sum)), .labels = {}, .base = {}};
  model.labels = TRY(read_class_labels(node, "classlabels_int64s"));
  model.base = TRY(read_base_values(node));
  model.post = TRY(parse_post_transform(TRY(node.text("post_transform", "NONE"))));
  if (model.trees.target_count() > model.labels.size()) {
    return data_error("the leaves name {} classes, there are {} labels", model.trees.target_count(),
                      model.labels.size());
  }
  if (model.base.size() > model.labels.size()) return data_error("more base values than classes");
  const auto weights = model.trees.weights();
  if (weights.empty()) return data_error("it has no class weights");
  const uint32_t first = weights.front().target;
  const bool names_one = std::all_of(weights.begin(), weights.end(), [&](const auto& w) { return w.target == first; });
  model.has_one_score = model.labels.size() == 2 && names_one;
  model.is_never_negative = std::all_of(weights.begin(), weights.end(), [](const auto& w) { return w.weight >= 0; });
  return model;
}

Result<Kernel> compile_classifier(Node& node) {
  // shared_ptr: std::function wants to be copied, the kernel is the only owner.
  const auto model = std::make_shared<const Classifier>(TRY(read_classifier(node)));
  return Kernel([model](const Inputs& in) -> Result<Tensors> {
    const size_t classes = model->labels.size();
    const Shape shape = {in[0].rank() == 2 ? in[0].shape()[0] : 1, static_cast<int64_t>(classes)};
    std::vector<float> out(TRY(checked_count(shape)));
    std::vector<size_t> labels(static_cast<size_t>(shape[0]));
    TRY(score_tensor(model->trees, in[0], classes, [&](size_t row, const std::vector<TargetScore>& scores) {
      const Verdict verdict = model->has_one_score ? judge_one_score(*model, scores) : judge_many(*model, scores);
      labels[row] = verdict.label;
      std::transform(verdict.scores.begin(), verdict.scores.end(), out.begin() + static_cast<int64_t>(row * classes),
                     [](double x) { return static_cast<float>(x); });
    }));
    return Tensors{label_tensor(model->labels, labels), Tensor(ElementType::float32, shape, std::move(out))};
  });
}

constexpr Operator kOperators[] = {
    {kMlDomain, "TreeEnsembleClassifier", 1, 1, 1, compile_classifier},
    {kMlDomain, "TreeEnsembleRegressor", 1, 1, 1, compile_regressor},
};

}  // namespace

std::span<const Operator> tree_operators() { return kOperators; }

}  // namespace aml::model
