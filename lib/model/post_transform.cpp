#include "model/post_transform.h"

#include <algorithm>
#include <cmath>

#include "model/operator.h"

namespace aml::model {
namespace {

// Winitzki's approximation of the inverse error function, with the constants onnxruntime uses: the specification names
// none, and agreeing matters more than the fourth digit.
double probit(double probability) {
  const double x = 2 * probability - 1;
  const double log = std::log((1 - x) * (1 + x));
  const double v = 2 / (3.14159 * 0.147) + 0.5 * log;
  const double magnitude = std::sqrt(-v + std::sqrt(v * v - log / 0.147));
  return std::sqrt(2.0) * (x < 0 ? -magnitude : magnitude);
}

void softmax(std::span<double> scores) {
  const double greatest = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (double& score : scores) sum += score = std::exp(score - greatest);
  for (double& score : scores) score /= sum;
}

// Scores of exactly 0 (and those too small to matter) say "no vote" and stay out of the exponentials.
void softmax_zero(std::span<double> scores) {
  const double greatest = *std::max_element(scores.begin(), scores.end());
  const double of_zero = std::exp(-greatest);
  double sum = 0;
  for (double& score : scores) {
    score = std::abs(score) > 1e-7 ? std::exp(score - greatest) : score * of_zero;
    sum += score;
  }
  for (double& score : scores) score = sum == 0 ? 0 : score / sum;
}

}  // namespace

Result<PostTransform> parse_post_transform(std::string_view name) {
  if (name == "NONE") return PostTransform::none;
  if (name == "SOFTMAX") return PostTransform::softmax;
  if (name == "LOGISTIC") return PostTransform::logistic;
  if (name == "SOFTMAX_ZERO") return PostTransform::softmax_zero;
  if (name == "PROBIT") return PostTransform::probit;
  return data_error("post_transform '{}' is not defined", name);
}

double logistic(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1 + e);
}

void apply_post_transform(std::span<double> scores, PostTransform transform) {
  if (scores.empty()) return;
  switch (transform) {
    case PostTransform::none: return;
    case PostTransform::softmax: return softmax(scores);
    case PostTransform::softmax_zero: return softmax_zero(scores);
    case PostTransform::logistic: std::transform(scores.begin(), scores.end(), scores.begin(), logistic); return;
    case PostTransform::probit: std::transform(scores.begin(), scores.end(), scores.begin(), probit); return;
  }
}

}  // namespace aml::model
