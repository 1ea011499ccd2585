// ONNX (numpy) broadcasting: shapes are aligned at their ends, and a size of 1 stretches.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "model/operator.h"

namespace aml::model {

Result<Shape> broadcast_shape(const Shape& a, const Shape& b);

// How far one step along each axis of `result` moves in a tensor of `shape`: 0 where it is stretched.
std::vector<int64_t> broadcast_strides(const Shape& shape, const Shape& result);

// Row-major strides of a shape, in elements.
std::vector<int64_t> strides_of(const Shape& shape);

// Walks a result in row-major order as runs of its last axis after axes were merged where all operands allow it: equal
// shapes and scalars become a single run. Calls run(offsets, steps, begin, count): element i of the run is
// operand k's element offsets[k] + i * steps[k] and the result's element begin + i.
template <size_t kOperands>
class BroadcastWalk {
 public:
  using Places = std::array<int64_t, kOperands>;

  BroadcastWalk(const Shape& result, const std::array<const Shape*, kOperands>& shapes) {
    std::array<std::vector<int64_t>, kOperands> strides;
    for (size_t k = 0; k < kOperands; ++k) strides[k] = broadcast_strides(*shapes[k], result);
    for (size_t axis = 0; axis < result.size(); ++axis) {
      if (result[axis] == 1) continue;
      Places steps;
      for (size_t k = 0; k < kOperands; ++k) steps[k] = strides[k][axis];
      append_axis(result[axis], steps);
    }
    if (sizes_.empty()) append_axis(1, {});
  }

  template <class Run>
  void for_each_run(Run&& run) const {
    if (std::find(sizes_.begin(), sizes_.end(), 0) != sizes_.end()) return;
    const size_t outer = sizes_.size() - 1;
    std::vector<int64_t> index(outer, 0);
    Places offsets{};
    for (int64_t begin = 0;; begin += sizes_.back()) {
      run(offsets, steps_.back(), static_cast<size_t>(begin), static_cast<size_t>(sizes_.back()));
      size_t axis = outer;
      while (axis-- > 0) {
        for (size_t k = 0; k < kOperands; ++k) offsets[k] += steps_[axis][k];
        if (++index[axis] < sizes_[axis]) break;
        for (size_t k = 0; k < kOperands; ++k) offsets[k] -= steps_[axis][k] * sizes_[axis];
        index[axis] = 0;
      }
      if (axis == SIZE_MAX) return;
    }
  }

 private:
  // Two neighbouring axes are one when a step along the outer equals a walk through the whole inner, for every operand.
  void append_axis(int64_t size, const Places& steps) {
    bool merges = !sizes_.empty();
    for (size_t k = 0; merges && k < kOperands; ++k) merges = steps_.back()[k] == steps[k] * size;
    if (merges) {
      sizes_.back() *= size;
      steps_.back() = steps;
      return;
    }
    sizes_.push_back(size);
    steps_.push_back(steps);
  }

  std::vector<int64_t> sizes_;
  std::vector<Places> steps_;
};

// A result of type `type` whose elements are function(a, b), elements of the operands stretched to a common shape.
template <class Out, class A, class B, class Function>
Result<Tensor> combine(ElementType type, const Tensor& left, const Tensor& right, Function function) {
  Shape shape = TRY(broadcast_shape(left.shape(), right.shape()));
  std::vector<Out> values(TRY(checked_count(shape)));
  const auto a = left.values<A>();
  const auto b = right.values<B>();
  const BroadcastWalk<2> walk(shape, {&left.shape(), &right.shape()});
  walk.for_each_run([&](const auto& offsets, const auto& steps, size_t begin, size_t count) {
    const A* x = a.data() + offsets[0];
    const B* y = b.data() + offsets[1];
    Out* out = values.data() + begin;
    // The three usual cases are loops of their own so that they can be vectorised.
    if (steps[0] == 1 && steps[1] == 1) {
      for (size_t i = 0; i < count; ++i) out[i] = function(x[i], y[i]);
    } else if (steps[0] == 1 && steps[1] == 0) {
      for (size_t i = 0; i < count; ++i) out[i] = function(x[i], *y);
    } else if (steps[0] == 0 && steps[1] == 1) {
      for (size_t i = 0; i < count; ++i) out[i] = function(*x, y[i]);
    } else {
      for (size_t i = 0; i < count; ++i, x += steps[0], y += steps[1]) out[i] = function(*x, *y);
    }
  });
  return Tensor(type, std::move(shape), std::move(values));
}

}  // namespace aml::model
