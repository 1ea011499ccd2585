#include "model/operator.h"

#include <algorithm>

#include "model/operators.h"

namespace aml::model {

const Attribute* Node::find(std::string_view name) const {
  for (const auto& [key, value] : spec_.attributes) {
    if (key == name) return &value;
  }
  return nullptr;
}

template <class T>
Result<T> Node::take(std::string_view name, T fallback) {
  asked_.emplace(name);
  const Attribute* attribute = find(name);
  if (attribute == nullptr) return fallback;
  if (const T* value = std::get_if<T>(attribute)) return *value;
  return data_error("attribute '{}' has another type than its operator defines", name);
}

Result<int64_t> Node::integer(std::string_view name, int64_t fallback) { return take<int64_t>(name, fallback); }
Result<float> Node::real(std::string_view name, float fallback) { return take<float>(name, fallback); }
Result<std::string> Node::text(std::string_view name, std::string_view fallback) {
  return take<std::string>(name, std::string(fallback));
}
Result<std::vector<int64_t>> Node::integers(std::string_view name) { return take<std::vector<int64_t>>(name, {}); }
Result<std::vector<float>> Node::reals(std::string_view name) { return take<std::vector<float>>(name, {}); }
Result<std::vector<std::string>> Node::texts(std::string_view name) { return take<std::vector<std::string>>(name, {}); }
Result<Tensor> Node::tensor(std::string_view name) { return take<Tensor>(name, {}); }

std::vector<std::string> Node::unasked() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : spec_.attributes) {
    if (!asked_.contains(key)) names.push_back(key);
  }
  return names;
}

const Operator* find_operator(std::string_view domain, std::string_view name) {
  for (const std::span<const Operator> table : operator_tables()) {
    for (const Operator& entry : table) {
      if (entry.name == name && entry.domain == domain) return &entry;
    }
  }
  return nullptr;
}

Error type_error(const Tensor& tensor) {
  return data_error("element type {} is not supported here", name_of(tensor.type()));
}

Result<size_t> resolve_axis(int64_t axis, size_t rank) {
  const auto signed_rank = static_cast<int64_t>(rank);
  if (axis < -signed_rank || axis >= signed_rank) {
    return data_error("axis {} does not exist in a tensor with {} axes", axis, rank);
  }
  return static_cast<size_t>(axis < 0 ? axis + signed_rank : axis);
}

Result<size_t> checked_count(const Shape& shape) {
  const auto count = element_count(shape);
  if (!count || *count > kComputedElementsMax) {
    return data_error("the result would have the impossible or too large shape {}", to_text(shape));
  }
  return *count;
}

Result<std::vector<int64_t>> read_integers(const Tensor& tensor) {
  if (tensor.rank() > 1) return data_error("a list of numbers has the shape {}", to_text(tensor.shape()));
  if (tensor.type() == ElementType::int64) {
    const auto values = tensor.values<int64_t>();
    return std::vector<int64_t>(values.begin(), values.end());
  }
  if (tensor.type() == ElementType::int32) {
    const auto values = tensor.values<int32_t>();
    return std::vector<int64_t>(values.begin(), values.end());
  }
  return type_error(tensor);
}

}  // namespace aml::model
