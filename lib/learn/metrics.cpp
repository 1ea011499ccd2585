#include "learn/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "kernel/dispatch.h"

namespace aml::learn {
namespace {

Metric undefined(std::string reason) { return {.value = std::nullopt, .reason = std::move(reason)}; }

Metric ratio(uint64_t part, uint64_t whole, const char* reason_if_none) {
  if (whole == 0) return undefined(reason_if_none);
  return {.value = static_cast<double>(part) / static_cast<double>(whole)};
}

// The rows that can be judged, with what the judging needs.
struct Judged {
  std::vector<uint32_t> labels;
  std::vector<uint32_t> predictions;
  std::vector<size_t> source;  // row in the input
};

Judged judge(const ClassificationRows& rows) {
  const size_t classes = rows.classes.size();
  Judged judged;
  for (size_t row = 0; row < rows.labels.size(); ++row) {
    const std::span<const double> own = rows.probabilities.subspan(row * classes, classes);
    if (std::any_of(own.begin(), own.end(), [](double p) { return std::isnan(p); })) continue;
    judged.labels.push_back(rows.labels[row]);
    judged.predictions.push_back(static_cast<uint32_t>(std::max_element(own.begin(), own.end()) - own.begin()));
    judged.source.push_back(row);
  }
  return judged;
}

Metric log_loss_of(const ClassificationRows& rows, const Judged& judged) {
  if (judged.labels.empty()) return undefined("no rows");
  std::vector<double> own(judged.labels.size(), kProbabilityMin);
  for (size_t i = 0; i < own.size(); ++i)
    if (judged.labels[i] != kUnseenClass)
      own[i] = std::clamp(rows.probabilities[judged.source[i] * rows.classes.size() + judged.labels[i]],
                          kProbabilityMin, 1 - kProbabilityMin);
  kernel::kernels_of(kernel::best_level()).log(own.data(), own.size());
  return {.value = -std::accumulate(own.begin(), own.end(), 0.0) / static_cast<double>(own.size())};
}

Metric class_auc(const ClassificationRows& rows, const Judged& judged, uint32_t positive) {
  std::vector<double> scores(judged.labels.size());
  std::vector<uint8_t> is_positive(judged.labels.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i] = rows.probabilities[judged.source[i] * rows.classes.size() + positive];
    is_positive[i] = judged.labels[i] == positive ? 1 : 0;
  }
  return auc_of(scores, is_positive);
}

void count_classes(const ClassificationRows& rows, const Judged& judged, Evaluation& result) {
  const size_t classes = rows.classes.size();
  result.confusion.assign(classes, std::vector<uint64_t>(classes));
  result.per_class.resize(classes);
  for (size_t i = 0; i < judged.labels.size(); ++i) {
    ++result.per_class[judged.predictions[i]].predicted;
    if (judged.labels[i] == kUnseenClass) {
      ++result.unseen;
      continue;
    }
    ++result.per_class[judged.labels[i]].support;
    ++result.confusion[judged.labels[i]][judged.predictions[i]];
  }
}

void rate_class(const ClassificationRows& rows, const Judged& judged, uint32_t c, Evaluation& result) {
  ClassMetrics& metrics = result.per_class[c];
  const uint64_t hits = result.confusion[c][c];
  metrics.name = rows.classes[c];
  metrics.precision = ratio(hits, metrics.predicted, "never predicted");
  metrics.recall = ratio(hits, metrics.support, "no rows of this class");
  metrics.f1 = ratio(2 * hits, metrics.predicted + metrics.support, "no rows of this class, and never predicted");
  metrics.auc = class_auc(rows, judged, c);
}

// The mean over the classes that occur; where one of them is undefined it counts as 0.
Metric macro(const Evaluation& result, Metric ClassMetrics::*member) {
  double sum = 0;
  uint64_t count = 0;
  for (const ClassMetrics& metrics : result.per_class) {
    if (metrics.support + metrics.predicted == 0) continue;
    sum += (metrics.*member).value.value_or(0);
    ++count;
  }
  if (count == 0) return undefined("no rows");
  return {.value = sum / static_cast<double>(count)};
}

Metric overall_auc(const Evaluation& result) {
  if (result.per_class.size() == 2) return result.per_class[1].auc;
  double sum = 0;
  for (const ClassMetrics& metrics : result.per_class) {
    if (!metrics.auc.value) return undefined(fmt::format("class '{}': {}", metrics.name, metrics.auc.reason));
    sum += *metrics.auc.value;
  }
  return {.value = sum / static_cast<double>(result.per_class.size())};
}

struct NamedMetric {
  const char* name;
  Metric Evaluation::*member;
};
constexpr NamedMetric kClassification[] = {{"accuracy", &Evaluation::accuracy},
                                           {"log_loss", &Evaluation::log_loss},
                                           {"auc", &Evaluation::auc},
                                           {"f1", &Evaluation::f1},
                                           {"precision", &Evaluation::precision},
                                           {"recall", &Evaluation::recall}};
constexpr NamedMetric kRegression[] = {
    {"rmse", &Evaluation::rmse}, {"mae", &Evaluation::mae}, {"mse", &Evaluation::mse}, {"r2", &Evaluation::r2}};

std::span<const NamedMetric> metrics_of(const Evaluation& evaluation) {
  if (evaluation.task == model::Task::regression) return kRegression;
  return kClassification;
}

text::Json json_of(const Metric& metric) { return metric.value ? text::Json(*metric.value) : text::Json(); }

text::Json json_of(const ClassMetrics& metrics) {
  return text::Json::object({{"name", metrics.name},
                             {"support", metrics.support},
                             {"predicted", metrics.predicted},
                             {"precision", json_of(metrics.precision)},
                             {"recall", json_of(metrics.recall)},
                             {"f1", json_of(metrics.f1)},
                             {"auc", json_of(metrics.auc)}});
}

void add_undefined(const std::string& prefix, const char* name, const Metric& metric, text::Json& into) {
  if (!metric.value) into.set(prefix + name, metric.reason);
}

}  // namespace

Metric auc_of(std::span<const double> scores, std::span<const uint8_t> is_positive) {
  AML_CHECK(scores.size() == is_positive.size());
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] < scores[b]; });
  // Twice the number of pairs in the right order, as an integer: exact for up to 2^32 rows.
  uint64_t positives = 0, others = 0, twice_pairs = 0;
  for (size_t i = 0; i < order.size();) {
    uint64_t tied_positives = 0, tied_others = 0;
    size_t end = i;
    for (; end < order.size() && scores[order[end]] == scores[order[i]]; ++end)
      ++(is_positive[order[end]] != 0 ? tied_positives : tied_others);
    twice_pairs += tied_positives * (2 * others + tied_others);
    positives += tied_positives;
    others += tied_others;
    i = end;
  }
  if (positives == 0) return undefined("no rows of the class");
  if (others == 0) return undefined("no rows of any other class");
  return {.value =
              static_cast<double>(twice_pairs) / 2 / (static_cast<double>(positives) * static_cast<double>(others))};
}

Evaluation evaluate_classification(const ClassificationRows& rows) {
  AML_CHECK(rows.probabilities.size() == rows.labels.size() * rows.classes.size());
  const Judged judged = judge(rows);
  Evaluation result{.rows = judged.labels.size()};
  result.skipped = rows.skipped + rows.labels.size() - judged.labels.size();
  count_classes(rows, judged, result);
  uint64_t hits = 0;
  for (uint32_t c = 0; c < rows.classes.size(); ++c) {
    rate_class(rows, judged, c, result);
    hits += result.confusion[c][c];
  }
  result.accuracy = ratio(hits, result.rows, "no rows");
  result.log_loss = log_loss_of(rows, judged);
  result.auc = overall_auc(result);
  result.precision = macro(result, &ClassMetrics::precision);
  result.recall = macro(result, &ClassMetrics::recall);
  result.f1 = macro(result, &ClassMetrics::f1);
  return result;
}

Evaluation evaluate_regression(std::span<const double> targets, std::span<const double> predictions) {
  AML_CHECK(targets.size() == predictions.size());
  Evaluation result{.task = model::Task::regression};
  double absolute = 0, squared = 0, mean = 0, spread = 0;  // mean and spread of the targets by Welford's update
  for (size_t i = 0; i < targets.size(); ++i) {
    const double error = predictions[i] - targets[i];
    if (std::isnan(error)) continue;
    ++result.rows;
    absolute += std::fabs(error);
    squared += error * error;
    const double step = targets[i] - mean;
    mean += step / static_cast<double>(result.rows);
    spread += step * (targets[i] - mean);
  }
  result.skipped = targets.size() - result.rows;
  if (result.rows == 0) {
    result.mae = result.mse = result.rmse = result.r2 = undefined("no rows");
    return result;
  }
  const auto rows = static_cast<double>(result.rows);
  result.mae = {.value = absolute / rows};
  result.mse = {.value = squared / rows};
  result.rmse = {.value = std::sqrt(squared / rows)};
  if (result.rows < 2) result.r2 = undefined("fewer than two rows");
  else if (spread == 0) result.r2 = undefined("all targets are equal");
  else result.r2 = {.value = 1 - squared / spread};
  return result;
}

text::Json to_json(const Evaluation& evaluation) {
  text::Json json = text::Json::object({{"task", model::name_of(evaluation.task)}, {"rows", evaluation.rows}});
  text::Json reasons = text::Json::object();
  for (const auto& [name, member] : metrics_of(evaluation)) {
    json.set(name, json_of(evaluation.*member));
    add_undefined("", name, evaluation.*member, reasons);
  }
  json.set("skipped", evaluation.skipped);
  if (evaluation.task == model::Task::classification) {
    json.set("unseen", evaluation.unseen);
    text::Json classes = text::Json::array(), confusion = text::Json::array();
    for (const ClassMetrics& metrics : evaluation.per_class) {
      classes.push(json_of(metrics));
      const std::string prefix = metrics.name + ".";
      add_undefined(prefix, "precision", metrics.precision, reasons);
      add_undefined(prefix, "recall", metrics.recall, reasons);
      add_undefined(prefix, "f1", metrics.f1, reasons);
      add_undefined(prefix, "auc", metrics.auc, reasons);
    }
    for (const auto& row : evaluation.confusion) {
      text::Json counts = text::Json::array();
      for (const uint64_t count : row) counts.push(count);
      confusion.push(std::move(counts));
    }
    json.set("classes", std::move(classes)).set("confusion", std::move(confusion));
  }
  json.set("undefined", std::move(reasons));
  return json;
}

std::vector<std::pair<std::string, double>> headline(const Evaluation& evaluation) {
  std::vector<std::pair<std::string, double>> values;
  for (const auto& [name, member] : metrics_of(evaluation))
    if ((evaluation.*member).value) values.emplace_back(name, *(evaluation.*member).value);
  return values;
}

}  // namespace aml::learn
