// ai.onnx.ml's LinearRegressor and LinearClassifier: scores = X · coefficientsᵀ + intercepts, one row of coefficients
// per target or class.
#include <algorithm>

#include "model/classes.h"
#include "model/convert.h"
#include "model/element.h"
#include "model/operators.h"
#include "model/post_transform.h"

namespace aml::model {
namespace {

struct Linear {
  std::vector<float> coefficients;
  std::vector<float> intercepts;  // empty: zeros
  size_t targets = 0;
  PostTransform post = PostTransform::none;
};

Result<Linear> read_linear(Node& node, size_t targets) {
  Linear linear;
  linear.coefficients = TRY(node.reals("coefficients"));
  linear.intercepts = TRY(node.reals("intercepts"));
  linear.post = TRY(parse_post_transform(TRY(node.text("post_transform", "NONE"))));
  linear.targets = targets;
  if (targets == 0 || linear.coefficients.empty() || linear.coefficients.size() % targets != 0) {
    return data_error("{} coefficients do not fit {} targets", linear.coefficients.size(), targets);
  }
  if (!linear.intercepts.empty() && linear.intercepts.size() != targets) {
    return data_error("{} intercepts do not fit {} targets", linear.intercepts.size(), targets);
  }
  return linear;
}

// [rows, targets], row-major, before the post transform.
Result<std::vector<double>> raw_scores(const Linear& linear, const Tensor& input) {
  if (!is_computable(input.type())) return type_error(input);
  const size_t width = linear.coefficients.size() / linear.targets;
  if (input.rank() == 0 || input.rank() > 2 || input.shape().back() != static_cast<int64_t>(width)) {
    return data_error("input {} does not have {} features", to_text(input.shape()), width);
  }
  const Tensor wide = TRY(convert(input, ElementType::float64));
  const auto x = wide.values<double>();
  const size_t rows = x.size() / width;
  std::vector<double> scores(rows * linear.targets);
  for (size_t row = 0; row < rows; ++row) {
    for (size_t target = 0; target < linear.targets; ++target) {
      double sum = linear.intercepts.empty() ? 0 : static_cast<double>(linear.intercepts[target]);
      for (size_t i = 0; i < width; ++i) {
        sum += x[row * width + i] * static_cast<double>(linear.coefficients[target * width + i]);
      }
      scores[row * linear.targets + target] = sum;
    }
  }
  return scores;
}

Tensor to_matrix(const std::vector<double>& scores, size_t columns) {
  return Tensor(ElementType::float32, {static_cast<int64_t>(scores.size() / columns), static_cast<int64_t>(columns)},
                std::vector<float>(scores.begin(), scores.end()));
}

void transform_rows(std::vector<double>& scores, size_t width, PostTransform post) {
  for (size_t at = 0; at < scores.size(); at += width) apply_post_transform({&scores[at], width}, post);
}

Result<Kernel> compile_regressor(Node& node) {
  const int64_t targets = TRY(node.integer("targets", 1));
  if (targets < 1) return data_error("targets is {}", targets);
  const Linear linear = TRY(read_linear(node, static_cast<size_t>(targets)));
  return Kernel([linear](const Inputs& in) -> Result<Tensors> {
    std::vector<double> scores = TRY(raw_scores(linear, in[0]));
    transform_rows(scores, linear.targets, linear.post);
    return Tensors{to_matrix(scores, linear.targets)};
  });
}

// One row of coefficients for two classes: its score is for the second class, the first gets what is left.
std::vector<double> complete_pairs(const std::vector<double>& scores, PostTransform post) {
  std::vector<double> pairs;
  pairs.reserve(scores.size() * 2);
  for (double score : scores) {
    apply_post_transform({&score, 1}, post == PostTransform::softmax ? PostTransform::none : post);
    pairs.push_back(1 - score);
    pairs.push_back(score);
  }
  return pairs;
}

std::vector<size_t> best_classes(const std::vector<double>& scores, size_t width) {
  std::vector<size_t> best;
  for (auto row = scores.begin(); row != scores.end(); row += static_cast<int64_t>(width)) {
    best.push_back(static_cast<size_t>(std::max_element(row, row + static_cast<int64_t>(width)) - row));
  }
  return best;
}

Result<Kernel> compile_classifier(Node& node) {
  const ClassLabels labels = TRY(read_class_labels(node, "classlabels_ints"));
  node.ignore("multi_class");  // one-vs-rest or multinomial: the post transform says what is to be done
  const size_t intercepts = TRY(node.reals("intercepts")).size();
  const size_t targets = intercepts == 0 ? labels.size() : intercepts;
  const Linear linear = TRY(read_linear(node, targets));
  const bool has_one_score = targets == 1 && labels.size() == 2;
  if (targets != labels.size() && !has_one_score) {
    return data_error("{} classes and {} rows of coefficients", labels.size(), targets);
  }
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    std::vector<double> scores = TRY(raw_scores(linear, in[0]));
    if (has_one_score) {
      std::vector<size_t> best(scores.size());
      std::transform(scores.begin(), scores.end(), best.begin(), [](double score) { return score > 0 ? 1U : 0U; });
      return Tensors{label_tensor(labels, best), to_matrix(complete_pairs(scores, linear.post), 2)};
    }
    const std::vector<size_t> best = best_classes(scores, targets);
    transform_rows(scores, targets, linear.post);
    return Tensors{label_tensor(labels, best), to_matrix(scores, targets)};
  });
}

constexpr Operator kOperators[] = {
    {kMlDomain, "LinearClassifier", 1, 1, 1, compile_classifier},
    {kMlDomain, "LinearRegressor", 1, 1, 1, compile_regressor},
};

}  // namespace

std::span<const Operator> linear_operators() { return kOperators; }

}  // namespace aml::model
