// Softmax, LogSoftmax and Hardmax.
#include <algorithm>
#include <cmath>

#include "model/axis.h"
#include "model/operators.h"

namespace aml::model {
namespace {

enum class Form : uint8_t { softmax, log_softmax, hardmax };

// Before opset 13 everything from the axis on was one axis.
Result<AxisView> view_for(const Shape& shape, int64_t axis, int64_t opset) {
  if (opset >= 13) return view_along(shape, TRY(resolve_axis(axis, shape.size())));
  const size_t first =
      axis == static_cast<int64_t>(shape.size()) ? shape.size() : TRY(resolve_axis(axis, shape.size()));
  AxisView view;
  for (size_t i = 0; i < shape.size(); ++i) (i < first ? view.outer : view.size) *= static_cast<size_t>(shape[i]);
  return view;
}

// Works on one line of `count` elements that are `step` apart; the greatest is subtracted so that exp cannot overflow.
template <class T>
void transform_line(T* line, size_t count, size_t step, Form form) {
  size_t top = 0;
  for (size_t i = 1; i < count; ++i) {
    if (line[i * step] > line[top * step]) top = i;
  }
  if (form == Form::hardmax) {
    for (size_t i = 0; i < count; ++i) line[i * step] = i == top ? T{1} : T{0};
    return;
  }
  const T greatest = line[top * step];
  T sum = 0;
  for (size_t i = 0; i < count; ++i) {
    T& x = line[i * step];
    x -= greatest;
    const T power = std::exp(x);
    sum += power;
    if (form == Form::softmax) x = power;
  }
  const T log_sum = std::log(sum);
  for (size_t i = 0; i < count; ++i) {
    T& x = line[i * step];
    x = form == Form::softmax ? x / sum : x - log_sum;
  }
}

template <class T>
Tensor transform(const Tensor& x, const AxisView& view, Form form) {
  const auto in = x.values<T>();
  std::vector<T> out(in.begin(), in.end());
  for (size_t o = 0; o < view.outer && view.size != 0; ++o) {
    for (size_t k = 0; k < view.inner; ++k) transform_line(&out[view.at(o, 0, k)], view.size, view.inner, form);
  }
  return Tensor(x.type(), x.shape(), std::move(out));
}

template <Form kForm>
Result<Kernel> compile(Node& node) {
  const int64_t opset = node.opset();
  const int64_t axis = TRY(node.integer("axis", opset < 13 ? 1 : -1));
  return Kernel([axis, opset](const Inputs& in) -> Result<Tensors> {
    const AxisView view = TRY(view_for(in[0].shape(), axis, opset));
    if (in[0].type() == ElementType::float32) return Tensors{transform<float>(in[0], view, kForm)};
    if (in[0].type() == ElementType::float64) return Tensors{transform<double>(in[0], view, kForm)};
    return type_error(in[0]);
  });
}

constexpr Operator kOperators[] = {
    {"", "Hardmax", 1, 1, 1, compile<Form::hardmax>},
    {"", "LogSoftmax", 1, 1, 1, compile<Form::log_softmax>},
    {"", "Softmax", 1, 1, 1, compile<Form::softmax>},
};

}  // namespace

std::span<const Operator> softmax_operators() { return kOperators; }

}  // namespace aml::model
