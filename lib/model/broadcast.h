// ONNX (numpy) broadcasting: shapes are aligned at their ends, and a size of 1 stretches.
#pragma once

#include <array>
#include <initializer_list>
#include <vector>

#include "model/operator.h"

namespace aml::model {

Result<Shape> broadcast_shape(const Shape& a, const Shape& b);

// How far one step along each axis of `result` moves in a tensor of `shape`: 0 where it is stretched.
std::vector<int64_t> broadcast_strides(const Shape& shape, const Shape& result);

// Row-major strides of a shape, in elements.
std::vector<int64_t> strides_of(const Shape& shape);

inline constexpr size_t kBroadcastOperandsMax = 3;

// Element i of a run is operand k's element offsets[k] + i * steps[k] and the result's element begin + i.
struct BroadcastRun {
  std::array<int64_t, kBroadcastOperandsMax> offsets{};
  std::array<int64_t, kBroadcastOperandsMax> steps{};
  size_t begin = 0;
  size_t count = 0;

  size_t at(size_t k, size_t i) const { return static_cast<size_t>(offsets[k] + static_cast<int64_t>(i) * steps[k]); }
};

// Walks a result in row-major order as runs of its last axis after axes were merged where all operands allow it: equal
// shapes and scalars become a single run.   BroadcastWalk walk(shape, {&a, &b}); for (BroadcastRun run;
// walk.next(run);)
class BroadcastWalk {
 public:
  BroadcastWalk(const Shape& result, std::initializer_list<const Shape*> operands);

  bool next(BroadcastRun& run);

 private:
  using Places = std::array<int64_t, kBroadcastOperandsMax>;

  void append_axis(int64_t size, const Places& steps);
  bool advance();

  std::vector<int64_t> sizes_;
  std::vector<Places> steps_;
  std::vector<int64_t> index_;  // of the next run, along all axes but the last
  Places offsets_{};
  size_t begin_ = 0;
  bool has_next_ = true;
};

// A result of type `type` whose elements are function(a, b), elements of the operands stretched to a common shape.
template <class Out, class A, class B, class Function>
Result<Tensor> combine(ElementType type, const Tensor& left, const Tensor& right, Function function) {
  Shape shape = TRY(broadcast_shape(left.shape(), right.shape()));
  std::vector<Out> values(TRY(checked_count(shape)));
  const auto a = left.values<A>();
  const auto b = right.values<B>();
  BroadcastWalk walk(shape, {&left.shape(), &right.shape()});
  for (BroadcastRun run; walk.next(run);) {
    const A* x = a.data() + run.offsets[0];
    const B* y = b.data() + run.offsets[1];
    Out* out = values.data() + run.begin;
    // The three usual cases are loops of their own so that they can be vectorised.
    if (run.steps[0] == 1 && run.steps[1] == 1) {
      for (size_t i = 0; i < run.count; ++i) out[i] = function(x[i], y[i]);
    } else if (run.steps[0] == 1 && run.steps[1] == 0) {
      for (size_t i = 0; i < run.count; ++i) out[i] = function(x[i], *y);
    } else if (run.steps[0] == 0 && run.steps[1] == 1) {
      for (size_t i = 0; i < run.count; ++i) out[i] = function(*x, y[i]);
    } else {
      for (size_t i = 0; i < run.count; ++i, x += run.steps[0], y += run.steps[1]) out[i] = function(*x, *y);
    }
  }
  return Tensor(type, std::move(shape), std::move(values));
}

}  // namespace aml::model
