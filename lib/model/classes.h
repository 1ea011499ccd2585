// The class labels of ai.onnx.ml's classifiers, as words or as numbers.
#pragma once

#include <string>
#include <vector>

#include "model/operator.h"

namespace aml::model {

struct ClassLabels {
  std::vector<std::string> words;
  std::vector<int64_t> numbers;  // when there are no words
  size_t size() const { return words.empty() ? numbers.size() : words.size(); }
};

// From classlabels_strings and `numbers_name` (classlabels_int64s or classlabels_ints).
Result<ClassLabels> read_class_labels(Node& node, std::string_view numbers_name);

// One label per row: indices into `labels`.
Tensor label_tensor(const ClassLabels& labels, const std::vector<size_t>& indices);

}  // namespace aml::model
