// Tensors made from attributes, shapes and ranges.
#include <cmath>

#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

Result<Tensor> read_constant(Node& node) {
  if (node.has("value")) return node.tensor("value");
  if (node.has("value_int")) return Tensor(ElementType::int64, {}, std::vector{TRY(node.integer("value_int", 0))});
  if (node.has("value_float")) return Tensor(ElementType::float32, {}, std::vector{TRY(node.real("value_float", 0))});
  if (node.has("value_string")) return Tensor(ElementType::string, {}, std::vector{TRY(node.text("value_string", ""))});
  if (node.has("value_ints")) return vector_of(TRY(node.integers("value_ints")));
  if (node.has("value_floats")) return vector_of(TRY(node.reals("value_floats")));
  if (node.has("value_strings")) return vector_of(TRY(node.texts("value_strings")));
  return data_error("it has no value");
}

Result<Kernel> compile_constant(Node& node) {
  return Kernel([value = TRY(read_constant(node))](const Inputs&) -> Result<Tensors> { return Tensors{value}; });
}

Result<Kernel> compile_constant_of_shape(Node& node) {
  Tensor value = TRY(node.tensor("value"));
  if (value.type() == ElementType::undefined) value = vector_of(std::vector<float>{0});
  if (value.size() != 1) return data_error("the value has {} elements, one is wanted", value.size());
  return Kernel([value](const Inputs& in) -> Result<Tensors> {
    Shape shape = TRY(read_integers(in[0]));
    const size_t count = TRY(checked_count(shape));
    return visit_element(value.type(), [&]<class T>(std::type_identity<T>) {
      return Tensors{Tensor(value.type(), std::move(shape), std::vector<T>(count, value.values<T>()[0]))};
    });
  });
}

template <class T>
Result<Tensors> make_range(const Inputs& in) {
  const T start = in[0].values<T>()[0];
  const T limit = in[1].values<T>()[0];
  const T delta = in[2].values<T>()[0];
  if (delta == T{0}) return data_error("the step is 0");
  const double steps =
      std::ceil((static_cast<double>(limit) - static_cast<double>(start)) / static_cast<double>(delta));
  if (!(steps < static_cast<double>(kComputedElementsMax))) return data_error("the range is too long");
  std::vector<T> values(steps > 0 ? static_cast<size_t>(steps) : 0);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<T>(static_cast<double>(start) + static_cast<double>(i) * static_cast<double>(delta));
  }
  Shape shape = {static_cast<int64_t>(values.size())};
  return Tensors{Tensor(in[0].type(), std::move(shape), std::move(values))};
}

Result<Kernel> compile_range(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    for (size_t i = 0; i < 3; ++i) {
      if (in[i].type() != in[0].type() || in[i].size() != 1) return type_error(in[i]);
    }
    if (in[0].type() == ElementType::float32) return make_range<float>(in);
    if (in[0].type() == ElementType::float64) return make_range<double>(in);
    if (in[0].type() == ElementType::int64) return make_range<int64_t>(in);
    if (in[0].type() == ElementType::int32) return make_range<int32_t>(in);
    return type_error(in[0]);
  });
}

constexpr Operator kOperators[] = {
    {"", "Constant", 1, 0, 0, compile_constant},
    {"", "ConstantOfShape", 9, 1, 1, compile_constant_of_shape},
    {"", "Range", 11, 3, 3, compile_range},
};

}  // namespace

std::span<const Operator> constant_operators() { return kOperators; }

}  // namespace aml::model
