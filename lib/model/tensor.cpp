#include "model/tensor.h"

#include <fmt/format.h>

namespace aml::model {

std::string_view name_of(ElementType type) {
  switch (type) {
    case ElementType::undefined: return "undefined";
    case ElementType::float32: return "float";
    case ElementType::uint8: return "uint8";
    case ElementType::int8: return "int8";
    case ElementType::uint16: return "uint16";
    case ElementType::int16: return "int16";
    case ElementType::int32: return "int32";
    case ElementType::int64: return "int64";
    case ElementType::string: return "string";
    case ElementType::boolean: return "bool";
    case ElementType::float16: return "float16";
    case ElementType::float64: return "double";
    case ElementType::uint32: return "uint32";
    case ElementType::uint64: return "uint64";
    case ElementType::bfloat16: return "bfloat16";
  }
  return "undefined";
}

bool is_floating(ElementType type) {
  return type == ElementType::float32 || type == ElementType::float64 || type == ElementType::float16 ||
         type == ElementType::bfloat16;
}

bool is_numeric(ElementType type) {
  return type != ElementType::undefined && type != ElementType::string && type != ElementType::boolean;
}

std::string to_text(const Shape& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i != 0) text += ',';
    text += shape[i] < 0 ? "?" : std::to_string(shape[i]);
  }
  return text + "]";
}

// Sizes of 0 are left out of the overflow check's product, so that no product of some of the sizes can overflow either.
std::optional<size_t> element_count(const Shape& shape) {
  int64_t product = 1;
  bool is_empty = false;
  for (const int64_t size : shape) {
    is_empty |= size == 0;
    if (size < 0 || (size != 0 && __builtin_mul_overflow(product, size, &product))) return std::nullopt;
  }
  return is_empty ? 0 : static_cast<size_t>(product);
}

void Tensor::check_consistent() const { AML_CHECK(element_count(shape_) == size_); }

Tensor Tensor::reshaped(Shape shape) const {
  Tensor other = *this;
  other.shape_ = std::move(shape);
  other.check_consistent();
  return other;
}

namespace {
template <class T>
Tensor make_vector(ElementType type, std::vector<T> values) {
  Shape shape = {static_cast<int64_t>(values.size())};
  return Tensor(type, std::move(shape), std::move(values));
}
}  // namespace

Tensor scalar(double value) { return Tensor(ElementType::float64, {}, std::vector<double>{value}); }
Tensor vector_of(std::vector<double> values) { return make_vector(ElementType::float64, std::move(values)); }
Tensor vector_of(std::vector<float> values) { return make_vector(ElementType::float32, std::move(values)); }
Tensor vector_of(std::vector<int64_t> values) { return make_vector(ElementType::int64, std::move(values)); }
Tensor vector_of(std::vector<std::string> values) { return make_vector(ElementType::string, std::move(values)); }

Tensor matrix_of(std::vector<double> values, int64_t columns) {
  AML_CHECK(columns > 0);
  Shape shape = {static_cast<int64_t>(values.size()) / columns, columns};
  return Tensor(ElementType::float64, std::move(shape), std::move(values));
}

}  // namespace aml::model
