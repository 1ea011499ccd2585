// A tensor seen along one axis: `outer` blocks of `size` slices of `inner` elements each. Element (o, i, k) stands at
// (o * size + i) * inner + k.
#pragma once

#include "model/operator.h"

namespace aml::model {

struct AxisView {
  size_t outer = 1;
  size_t size = 1;
  size_t inner = 1;
  size_t at(size_t o, size_t i, size_t k) const { return (o * size + i) * inner + k; }
};

inline AxisView view_along(const Shape& shape, size_t axis) {
  AxisView view;
  for (size_t i = 0; i < shape.size(); ++i) {
    (i < axis ? view.outer : i == axis ? view.size : view.inner) *= static_cast<size_t>(shape[i]);
  }
  return view;
}

}  // namespace aml::model
