#include "model/classes.h"

namespace aml::model {

Result<ClassLabels> read_class_labels(Node& node, std::string_view numbers_name) {
  ClassLabels labels;
  labels.words = TRY(node.texts("classlabels_strings"));
  labels.numbers = TRY(node.integers(numbers_name));
  if (labels.size() == 0) return data_error("it has no class labels");
  if (!labels.words.empty() && !labels.numbers.empty()) return data_error("it has class labels of two kinds");
  return labels;
}

Tensor label_tensor(const ClassLabels& labels, const std::vector<size_t>& indices) {
  const auto pick = [&](const auto& from) {
    auto out = std::decay_t<decltype(from)>();
    out.reserve(indices.size());
    for (const size_t index : indices) out.push_back(from[index]);
    return vector_of(std::move(out));
  };
  return labels.words.empty() ? pick(labels.numbers) : pick(labels.words);
}

}  // namespace aml::model
