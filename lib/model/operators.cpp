#include "model/operators.h"

#include <algorithm>
#include <array>

#include "model/model.h"

namespace aml::model {

std::span<const std::span<const Operator>> operator_tables() {
  static const std::array tables = {
      unary_operators(),   binary_operators(),   reduce_operators(),  order_operators(), shape_operators(),
      select_operators(),  matrix_operators(),   softmax_operators(), cast_operators(),  constant_operators(),
      feature_operators(), category_operators(), linear_operators(),  tree_operators(),
  };
  return tables;
}

std::vector<std::string> known_operators() {
  std::vector<std::string> names;
  for (const std::span<const Operator> table : operator_tables()) {
    for (const Operator& entry : table) {
      names.push_back(fmt::format("{}.{}", entry.domain.empty() ? "ai.onnx" : entry.domain, entry.name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace aml::model
