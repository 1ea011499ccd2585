// Operators that keep the elements as they stand and change the shape, and those that speak about shapes.
#include <algorithm>

#include "model/operators.h"

namespace aml::model {
namespace {

Result<Tensors> reshape_checked(const Tensor& x, Shape shape) {
  if (element_count(shape) != x.size()) {
    return data_error("{} elements do not fill the shape {}", x.size(), to_text(shape));
  }
  return Tensors{x.reshaped(std::move(shape))};
}

// 0 copies the size from the input (unless allowzero), and one -1 takes what is left.
Result<Shape> fill_in(const Tensor& x, Shape wanted, bool allows_zero) {
  size_t known = 1;
  auto open = wanted.end();
  for (auto size = wanted.begin(); size != wanted.end(); ++size) {
    const auto axis = static_cast<size_t>(size - wanted.begin());
    if (*size == 0 && !allows_zero) {
      if (axis >= x.rank()) return data_error("axis {} has no size to copy", axis);
      *size = x.shape()[axis];
    }
    if (*size == -1 && open == wanted.end()) {
      open = size;
      continue;
    }
    if (*size < 0 || __builtin_mul_overflow(known, static_cast<size_t>(*size), &known)) {
      return data_error("impossible shape {}", to_text(wanted));
    }
  }
  if (open == wanted.end()) return wanted;
  if (known == 0 || x.size() % known != 0) return data_error("{} elements do not fill {}", x.size(), to_text(wanted));
  *open = static_cast<int64_t>(x.size() / known);
  return wanted;
}

Result<Kernel> compile_reshape(Node& node) {
  const bool allows_zero = TRY(node.integer("allowzero", 0)) != 0;
  return Kernel([allows_zero](const Inputs& in) -> Result<Tensors> {
    return reshape_checked(in[0], TRY(fill_in(in[0], TRY(read_integers(in[1])), allows_zero)));
  });
}

Result<Kernel> compile_flatten(Node& node) {
  const int64_t wanted = TRY(node.integer("axis", 1));
  return Kernel([wanted](const Inputs& in) -> Result<Tensors> {
    const auto rank = static_cast<int64_t>(in[0].rank());
    if (wanted < -rank || wanted > rank) return data_error("axis {} does not exist", wanted);
    const auto axis = static_cast<size_t>(wanted < 0 ? wanted + rank : wanted);
    int64_t rows = 1;
    int64_t columns = 1;
    for (size_t i = 0; i < in[0].rank(); ++i) (i < axis ? rows : columns) *= in[0].shape()[i];
    return reshape_checked(in[0], {rows, columns});
  });
}

// Squeeze and Unsqueeze have their axes as an attribute before opset 13 and as an input after.
Result<std::vector<int64_t>> axes_of(const Inputs& in, const std::vector<int64_t>& attribute) {
  if (in.find(1) != nullptr) return read_integers(in[1]);
  return attribute;
}

Result<Tensors> squeeze(const Tensor& x, const std::vector<int64_t>& axes) {
  std::vector<bool> goes(x.rank(), false);
  for (size_t i = 0; axes.empty() && i < x.rank(); ++i) goes[i] = x.shape()[i] == 1;
  for (const int64_t wanted : axes) {
    const size_t axis = TRY(resolve_axis(wanted, x.rank()));
    if (x.shape()[axis] != 1) return data_error("axis {} of {} is not of size 1", wanted, to_text(x.shape()));
    goes[axis] = true;
  }
  Shape shape;
  for (size_t i = 0; i < x.rank(); ++i) {
    if (!goes[i]) shape.push_back(x.shape()[i]);
  }
  return Tensors{x.reshaped(std::move(shape))};
}

Result<Tensors> unsqueeze(const Tensor& x, const std::vector<int64_t>& axes) {
  const size_t rank = x.rank() + axes.size();
  Shape shape(rank, 0);
  for (const int64_t wanted : axes) {
    const size_t axis = TRY(resolve_axis(wanted, rank));
    if (shape[axis] != 0) return data_error("axis {} is given twice", wanted);
    shape[axis] = 1;
  }
  // A size of 0 from the input cannot be mistaken for a gap: gaps are filled in order and only once.
  auto next = x.shape().begin();
  for (int64_t& size : shape) {
    if (size == 0) size = *next++;
  }
  return Tensors{x.reshaped(std::move(shape))};
}

Result<Kernel> compile_squeeze(Node& node) {
  return Kernel([axes = TRY(node.integers("axes"))](const Inputs& in) -> Result<Tensors> {
    return squeeze(in[0], TRY(axes_of(in, axes)));
  });
}

Result<Kernel> compile_unsqueeze(Node& node) {
  return Kernel([axes = TRY(node.integers("axes"))](const Inputs& in) -> Result<Tensors> {
    return unsqueeze(in[0], TRY(axes_of(in, axes)));
  });
}

Result<Kernel> compile_identity(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> { return Tensors{in[0]}; });
}

// When scoring, Dropout passes its input on; the mask says that all was kept.
Result<Kernel> compile_dropout(Node& node) {
  node.ignore("ratio");
  node.ignore("seed");
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    const Tensor* training = in.find(2);
    if (training != nullptr && (training->type() != ElementType::boolean || training->size() != 1)) {
      return type_error(*training);
    }
    if (training != nullptr && training->values<uint8_t>()[0] != 0) return data_error("training mode is not supported");
    return Tensors{in[0], Tensor(ElementType::boolean, in[0].shape(), std::vector<uint8_t>(in[0].size(), 1))};
  });
}

Result<Kernel> compile_shape(Node& node) {
  const int64_t start = TRY(node.integer("start", 0));
  const int64_t end = TRY(node.integer("end", INT64_MAX));
  return Kernel([start, end](const Inputs& in) -> Result<Tensors> {
    const auto rank = static_cast<int64_t>(in[0].rank());
    const auto clamp = [rank](int64_t axis) { return std::clamp<int64_t>(axis < 0 ? axis + rank : axis, 0, rank); };
    const Shape& shape = in[0].shape();
    const int64_t first = clamp(start);
    const int64_t last = std::max(first, clamp(end));
    return Tensors{vector_of(std::vector<int64_t>(shape.begin() + first, shape.begin() + last))};
  });
}

Result<Kernel> compile_size(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    return Tensors{Tensor(ElementType::int64, {}, std::vector{static_cast<int64_t>(in[0].size())})};
  });
}

constexpr Operator kOperators[] = {
    {"", "Dropout", 7, 1, 3, compile_dropout},   {"", "Flatten", 1, 1, 1, compile_flatten},
    {"", "Identity", 1, 1, 1, compile_identity}, {"", "Reshape", 5, 2, 2, compile_reshape},
    {"", "Shape", 1, 1, 1, compile_shape},       {"", "Size", 1, 1, 1, compile_size},
    {"", "Squeeze", 1, 1, 2, compile_squeeze},   {"", "Unsqueeze", 1, 1, 2, compile_unsqueeze},
};

}  // namespace

std::span<const Operator> shape_operators() { return kOperators; }

}  // namespace aml::model
