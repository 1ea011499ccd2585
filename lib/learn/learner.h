// The seam between training as a whole (learn/train.h) and one algorithm: a learner declares its parameters, fits a
// prepared data set, and writes itself into an ONNX graph.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/cancel.h"
#include "kernel/dispatch.h"
#include "learn/featurize.h"
#include "learn/labels.h"
#include "learn/params.h"
#include "model/graph.h"

namespace aml::learn {

// Hears of each iteration while a model trains.
class TrainProgress {
 public:
  virtual ~TrainProgress() = default;
  using Values = std::vector<std::pair<std::string, double>>;
  // An error (a full disk) ends the training.
  virtual Status metrics(uint64_t step, const Values& values) = 0;
};

// Training rows first, then held-out ones, as RowOrder says; rows without a label are gone.
struct Dataset {
  FeatureTable features;
  Labels labels;  // codes or targets in the same order
  size_t train_rows() const { return features.train_rows; }
  size_t held_out_rows() const { return features.rows - features.train_rows; }
  size_t classes() const { return labels.classes.size(); }
};

struct FitContext {
  const kernel::KernelTable& kernels;
  TrainProgress& progress;
  const Cancel* cancel = nullptr;  // may be null
  unsigned threads = 1;
  uint64_t seed = 0;

  Status check_cancel() const { return cancel == nullptr ? Status() : cancel->check(); }
};

class Learner {
 public:
  virtual ~Learner() = default;
  virtual std::string_view name() const = 0;
  virtual std::string_view summary() const = 0;
  virtual std::vector<ParamSpec> params() = 0;  // targets point into the learner
  virtual bool can(model::Task task) const = 0;

  virtual Status fit(const Dataset& data, const FitContext& context) = 0;

  // After fit(). Scores of the held-out rows: one per class and row, class by class, whose softmax are the
  // probabilities; for a regression the predictions.
  virtual const std::vector<double>& held_out_scores() const = 0;
  // Adds inputs, featurizers and the model itself, ending in its outputs.
  virtual void write(const Dataset& data, model::GraphBuilder& graph) const = 0;
};

// All learners, in the order they are listed to people.
std::vector<std::unique_ptr<Learner>> make_learners();

std::unique_ptr<Learner> make_fast_trees();
std::unique_ptr<Learner> make_logistic_regression();

// A usage error with the nearest name for an unknown one.
Result<std::unique_ptr<Learner>> make_learner(std::string_view name);

// The metrics of one iteration: losses summed over training and held-out rows. Held-out values are named plainly
// (log_loss, accuracy), training ones train_…; without held-out rows only the latter are reported.
struct StepLosses {
  kernel::LossSum train = {0, 0};
  kernel::LossSum held_out = {0, 0};
};
Status report_classification(const Dataset& data, const FitContext& context, uint64_t step, const StepLosses& losses);
Status report_regression(const Dataset& data, const FitContext& context, uint64_t step, const StepLosses& losses);

}  // namespace aml::learn
