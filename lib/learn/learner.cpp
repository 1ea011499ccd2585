#include "learn/learner.h"

#include <fmt/format.h>

#include <cmath>

#include "text/suggest.h"

namespace aml::learn {

std::vector<std::unique_ptr<Learner>> make_learners() {
  std::vector<std::unique_ptr<Learner>> learners;
  learners.push_back(make_fast_trees());
  learners.push_back(make_logistic_regression());
  return learners;
}

Result<std::unique_ptr<Learner>> make_learner(std::string_view name) {
  std::vector<std::string> names;
  for (auto& learner : make_learners()) {
    if (learner->name() == name) return std::move(learner);
    names.emplace_back(learner->name());
  }
  return Error{ErrorKind::usage, fmt::format("unknown learner '{}'", name), text::suggestion_hint(name, names)};
}

Status report_classification(const Dataset& data, const FitContext& context, uint64_t step, const StepLosses& losses) {
  TrainProgress::Values values;
  const auto add = [&](const char* prefix, const kernel::LossSum& sum, size_t rows) {
    if (rows == 0) return;
    values.emplace_back(fmt::format("{}accuracy", prefix),
                        static_cast<double>(sum.correct) / static_cast<double>(rows));
    values.emplace_back(fmt::format("{}log_loss", prefix), sum.loss / static_cast<double>(rows));
  };
  add("", losses.held_out, data.held_out_rows());
  add("train_", losses.train, data.train_rows());
  return context.progress.metrics(step, values);
}

Status report_regression(const Dataset& data, const FitContext& context, uint64_t step, const StepLosses& losses) {
  TrainProgress::Values values;
  const auto add = [&](const char* name, const kernel::LossSum& sum, size_t rows) {
    if (rows != 0) values.emplace_back(name, std::sqrt(sum.loss / static_cast<double>(rows)));
  };
  add("rmse", losses.held_out, data.held_out_rows());
  add("train_rmse", losses.train, data.train_rows());
  return context.progress.metrics(step, values);
}

}  // namespace aml::learn
