// How good predictions are. Definitions follow scikit-learn; where a metric is not defined it has no value and says
// why, instead of being 0 or NaN. Used by training on its held-out rows and by `amlmodel evaluate`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/signature.h"
#include "text/json.h"

namespace aml::learn {

struct Metric {
  std::optional<double> value;
  std::string reason = {};  // why there is no value
};

// A true class the model does not know. Such rows count as wrong in accuracy and with kProbabilityMin in log loss.
inline constexpr uint32_t kUnseenClass = UINT32_MAX;

// Probabilities below this are taken as this much in log loss (the epsilon of double, as scikit-learn does).
inline constexpr double kProbabilityMin = 0x1p-52;

struct ClassMetrics {
  std::string name;
  uint64_t support = 0;    // rows of this class
  uint64_t predicted = 0;  // rows predicted as it
  Metric precision;
  Metric recall;
  Metric f1;
  Metric auc;  // this class against all others
};

struct Evaluation {
  model::Task task = model::Task::classification;
  uint64_t rows = 0;
  uint64_t unseen = 0;   // rows of classes the model does not know
  uint64_t skipped = 0;  // rows without a label, or whose scores are NaN
  // Classification. log_loss is in nats. auc is that of the second of two classes, else the mean over the classes of
  // one against the others. Macro averages of precision, recall and F1 are over the classes that occur in truth or
  // prediction, undefined ones counting 0.
  Metric accuracy = {}, log_loss = {}, auc = {}, precision = {}, recall = {}, f1 = {};
  std::vector<ClassMetrics> per_class = {};
  std::vector<std::vector<uint64_t>> confusion = {};  // [true class][predicted class]
  // Regression.
  Metric mae = {}, mse = {}, rmse = {}, r2 = {};
};

struct ClassificationRows {
  std::span<const uint32_t> labels;       // index of the true class, or kUnseenClass
  std::span<const double> probabilities;  // row r, class c: probabilities[r * classes.size() + c]
  std::span<const std::string> classes;
  uint64_t skipped = 0;  // rows the caller left out because they have no label
};

// The prediction is the class of the highest probability, the first one on ties. Rows with a NaN are skipped.
Evaluation evaluate_classification(const ClassificationRows& rows);

// Rows with a NaN in either are skipped. Equal sizes.
Evaluation evaluate_regression(std::span<const double> targets, std::span<const double> predictions);

// Area under the ROC curve: the share of pairs (positive, other) that `scores` puts in the right order, ties counting
// half. No value when one of the two groups is empty.
Metric auc_of(std::span<const double> scores, std::span<const uint8_t> is_positive);

// {"accuracy": …, …, "classes": […], "confusion": [[…]], "undefined": {"auc": "reason"}}; undefined metrics are null.
text::Json to_json(const Evaluation& evaluation);

// The defined metrics of the whole, by name: what a run's record keeps.
std::vector<std::pair<std::string, double>> headline(const Evaluation& evaluation);

}  // namespace aml::learn
