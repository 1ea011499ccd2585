// The values that flow through an ONNX graph: an element type, a shape, and the elements in row-major order.
// Tensors are immutable once made and share their elements, so that copying one, or giving it another shape, is free.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/check.h"

namespace aml::model {

// The numbers are those of TensorProto.DataType.
enum class ElementType : uint8_t {
  undefined = 0,
  float32 = 1,
  uint8 = 2,
  int8 = 3,
  uint16 = 4,
  int16 = 5,
  int32 = 6,
  int64 = 7,
  string = 8,
  boolean = 9,
  float16 = 10,
  float64 = 11,
  uint32 = 12,
  uint64 = 13,
  bfloat16 = 16,
};
std::string_view name_of(ElementType type);  // as ONNX writes it: "float", "double", "int64", "string", "bool", …
bool is_floating(ElementType type);          // float, double and the 16-bit kinds
bool is_numeric(ElementType type);           // everything but string, bool and undefined

using Shape = std::vector<int64_t>;       // empty: a scalar; in specifications -1 is a size not known before the run
std::string to_text(const Shape& shape);  // "[3,?]"
// The product, or nothing when a size is negative or the product does not fit.
std::optional<size_t> element_count(const Shape& shape);

// The 16-bit floating kinds are kept as their bits; see model/float16.h.
template <ElementType type>
struct ElementOf;
template <>
struct ElementOf<ElementType::float32> {
  using Type = float;
};
template <>
struct ElementOf<ElementType::uint8> {
  using Type = uint8_t;
};
template <>
struct ElementOf<ElementType::int8> {
  using Type = int8_t;
};
template <>
struct ElementOf<ElementType::uint16> {
  using Type = uint16_t;
};
template <>
struct ElementOf<ElementType::int16> {
  using Type = int16_t;
};
template <>
struct ElementOf<ElementType::int32> {
  using Type = int32_t;
};
template <>
struct ElementOf<ElementType::int64> {
  using Type = int64_t;
};
template <>
struct ElementOf<ElementType::string> {
  using Type = std::string;
};
template <>
struct ElementOf<ElementType::boolean> {
  using Type = uint8_t;
};
template <>
struct ElementOf<ElementType::float16> {
  using Type = uint16_t;
};
template <>
struct ElementOf<ElementType::float64> {
  using Type = double;
};
template <>
struct ElementOf<ElementType::uint32> {
  using Type = uint32_t;
};
template <>
struct ElementOf<ElementType::uint64> {
  using Type = uint64_t;
};
template <>
struct ElementOf<ElementType::bfloat16> {
  using Type = uint16_t;
};

class Tensor {
 public:
  Tensor() = default;

  // `values` has as many elements as `shape` says and the C++ type that belongs to `type`.
  template <class T>
  Tensor(ElementType type, Shape shape, std::vector<T> values)
      : type_(type),
        shape_(std::move(shape)),
        size_(values.size()),
        elements_(std::make_shared<const Elements>(std::in_place_type<std::vector<T>>, std::move(values))) {
    check_consistent();
  }

  ElementType type() const { return type_; }
  const Shape& shape() const { return shape_; }
  size_t rank() const { return shape_.size(); }
  size_t size() const { return size_; }  // elements

  // T must be the C++ type of type().
  template <class T>
  std::span<const T> values() const {
    const auto* values = elements_ ? std::get_if<std::vector<T>>(elements_.get()) : nullptr;
    AML_CHECK(values != nullptr);
    return *values;
  }

  // The same elements under another shape with the same product.
  Tensor reshaped(Shape shape) const;

 private:
  using Elements = std::variant<std::vector<float>, std::vector<double>, std::vector<int64_t>, std::vector<int32_t>,
                                std::vector<uint8_t>, std::vector<int8_t>, std::vector<uint16_t>, std::vector<int16_t>,
                                std::vector<uint32_t>, std::vector<uint64_t>, std::vector<std::string>>;
  void check_consistent() const;

  ElementType type_ = ElementType::undefined;
  Shape shape_;
  size_t size_ = 0;
  std::shared_ptr<const Elements> elements_;  // shared by all tensors made from this one
};

// Tensors of the usual kinds, short enough to write in a graph.
Tensor scalar(double value);
Tensor vector_of(std::vector<double> values);                   // shape [n]
Tensor vector_of(std::vector<float> values);                    // shape [n]
Tensor vector_of(std::vector<int64_t> values);                  // shape [n]
Tensor vector_of(std::vector<std::string> values);              // shape [n]
Tensor matrix_of(std::vector<double> values, int64_t columns);  // shape [n / columns, columns]

}  // namespace aml::model
