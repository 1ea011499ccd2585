#include "learn/summary.h"

#include <fmt/format.h>

namespace aml::learn {
namespace {

constexpr size_t kHeadlineMetrics = 2;  // the first two say most: accuracy and log_loss, or rmse and mae
constexpr size_t kDroppedShown = 5;

std::string counted(uint64_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string describe_quality(const Evaluation& validation) {
  if (validation.rows == 0) return "nothing held out to measure";
  std::string text;
  size_t shown = 0;
  for (const auto& [name, value] : headline(validation)) {
    if (shown++ == kHeadlineMetrics) break;
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name, value);
  }
  return text + fmt::format(" on {}", counted(validation.rows, "held-out row"));
}

}  // namespace

std::string describe_training(const TrainedModel& model) {
  const uint64_t columns = model.summary["schema"]["inputs"].items().size();
  std::string text = fmt::format("{}; learned from {} and {}", describe_quality(model.validation),
                                 counted(model.train_rows, "row"), counted(columns, "column"));
  if (model.rows_without_label != 0)
    text += fmt::format(", {} without label left out", counted(model.rows_without_label, "row"));
  for (size_t i = 0; i < model.dropped.size() && i < kDroppedShown; ++i)
    text += fmt::format("{} '{}' ({})", i == 0 ? "; not used:" : ",", model.dropped[i].first, model.dropped[i].second);
  if (model.dropped.size() > kDroppedShown) text += fmt::format(" and {} more", model.dropped.size() - kDroppedShown);
  return text;
}

}  // namespace aml::learn
