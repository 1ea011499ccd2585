// The metrics of learn/metrics.h for metrics_oracle.py: reads one case as JSON on stdin, writes the evaluation as JSON.
//
//   {"classes": ["a", "b"], "labels": [0, 1], "probabilities": [0.9, 0.1, 0.2, 0.8]}   rows one after another
//   {"targets": [1, 2], "predictions": [1.5, 2]}
#include <fmt/format.h>
#include <unistd.h>

#include "learn/metrics.h"
#include "os/file.h"

namespace {

using namespace aml;

std::vector<double> numbers_of(const text::Json& list) {
  std::vector<double> numbers;
  for (const text::Json& item : list.items()) numbers.push_back(item.as_double().value());
  return numbers;
}

Status run() {
  const std::string input = TRY(os::read_all(STDIN_FILENO, "stdin", os::kReadFileLimit));
  const text::Json json = TRY(text::parse_json(input));
  if (json.find("targets") != nullptr) {
    const auto evaluation = learn::evaluate_regression(numbers_of(json["targets"]), numbers_of(json["predictions"]));
    return os::write_all(STDOUT_FILENO, learn::to_json(evaluation).dump(), "stdout");
  }
  std::vector<std::string> classes;
  for (const text::Json& name : json["classes"].items()) classes.push_back(name.string());
  std::vector<uint32_t> labels;
  for (const text::Json& label : json["labels"].items())
    labels.push_back(static_cast<uint32_t>(label.as_int().value()));
  const std::vector<double> probabilities = numbers_of(json["probabilities"]);
  const auto evaluation =
      learn::evaluate_classification({.labels = labels, .probabilities = probabilities, .classes = classes});
  return os::write_all(STDOUT_FILENO, learn::to_json(evaluation).dump(), "stdout");
}

}  // namespace

int main() {
  const Status status = run();
  if (status.ok()) return 0;
  fmt::print(stderr, "metrics_probe: {}\n", status.error().message);
  return 1;
}
