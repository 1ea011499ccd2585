// Operators that compare the elements along one axis: ArgMax, ArgMin, TopK, and the running sum.
#include <algorithm>
#include <numeric>

#include "model/axis.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

enum class Want : uint8_t { least, greatest };

// NaN stands above every number, as in numpy's argmax and sort.
template <class T>
bool is_above(T a, T b) {
  return a > b || (a != a && b == b);
}

template <class T>
std::vector<int64_t> find_extremes(const Tensor& x, const AxisView& view, Want want, bool takes_last) {
  const auto in = x.values<T>();
  std::vector<int64_t> out(view.outer * view.inner);
  for (size_t o = 0; o < view.outer; ++o) {
    for (size_t k = 0; k < view.inner; ++k) {
      size_t best = 0;
      for (size_t i = 1; i < view.size; ++i) {
        const T a = in[view.at(o, i, k)];
        const T b = in[view.at(o, best, k)];
        const bool is_better = want == Want::greatest ? is_above(a, b) : is_above(b, a);
        if (is_better || (takes_last && !is_above(a, b) && !is_above(b, a))) best = i;
      }
      out[o * view.inner + k] = static_cast<int64_t>(best);
    }
  }
  return out;
}

template <Want kWant>
Result<Kernel> compile_arg(Node& node) {
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  const bool keeps_axis = TRY(node.integer("keepdims", 1)) != 0;
  const bool takes_last = TRY(node.integer("select_last_index", 0)) != 0;
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    if (!is_computable(x.type())) return type_error(x);
    const size_t axis = TRY(resolve_axis(wanted_axis, x.rank()));
    const AxisView view = view_along(x.shape(), axis);
    if (view.size == 0 && view.outer * view.inner != 0) return data_error("axis {} has no elements", wanted_axis);
    Shape shape = x.shape();
    shape[axis] = 1;
    if (!keeps_axis) shape.erase(shape.begin() + static_cast<int64_t>(axis));
    auto values = visit_number(
        x.type(), [&]<class T>(std::type_identity<T>) { return find_extremes<T>(x, view, kWant, takes_last); });
    return Tensors{Tensor(ElementType::int64, std::move(shape), std::move(values))};
  });
}

// Ties go to the lower index.
template <class T>
Tensors find_top(const Tensor& x, size_t axis, size_t k_count, Want want) {
  const AxisView view = view_along(x.shape(), axis);
  const AxisView top{view.outer, k_count, view.inner};
  const auto in = x.values<T>();
  std::vector<T> values(top.outer * top.size * top.inner);
  std::vector<int64_t> indices(values.size());
  std::vector<size_t> order(view.size);
  for (size_t o = 0; o < view.outer; ++o) {
    for (size_t k = 0; k < view.inner; ++k) {
      std::iota(order.begin(), order.end(), size_t{0});
      const auto comes_first = [&](size_t a, size_t b) {
        const T x_a = in[view.at(o, a, k)];
        const T x_b = in[view.at(o, b, k)];
        if (is_above(x_a, x_b)) return want == Want::greatest;
        if (is_above(x_b, x_a)) return want == Want::least;
        return a < b;
      };
      std::partial_sort(order.begin(), order.begin() + static_cast<int64_t>(k_count), order.end(), comes_first);
      for (size_t i = 0; i < k_count; ++i) {
        values[top.at(o, i, k)] = in[view.at(o, order[i], k)];
        indices[top.at(o, i, k)] = static_cast<int64_t>(order[i]);
      }
    }
  }
  Shape shape = x.shape();
  shape[axis] = static_cast<int64_t>(k_count);
  return {Tensor(x.type(), shape, std::move(values)), Tensor(ElementType::int64, shape, std::move(indices))};
}

Result<Kernel> compile_top_k(Node& node) {
  const int64_t wanted_axis = TRY(node.integer("axis", -1));
  const Want want = TRY(node.integer("largest", 1)) != 0 ? Want::greatest : Want::least;
  node.ignore("sorted");  // a sorted answer is right in both cases
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    if (!is_computable(x.type())) return type_error(x);
    const size_t axis = TRY(resolve_axis(wanted_axis, x.rank()));
    const std::vector<int64_t> count = TRY(read_integers(in[1]));
    if (count.size() != 1 || count[0] < 0 || count[0] > x.shape()[axis]) {
      return data_error("k is not between 0 and {}", x.shape()[axis]);
    }
    return visit_number(x.type(), [&]<class T>(std::type_identity<T>) {
      return find_top<T>(x, axis, static_cast<size_t>(count[0]), want);
    });
  });
}

struct CumulativeSettings {
  bool is_exclusive = false;
  bool is_reverse = false;
};

template <class T>
Tensor running_sum(const Tensor& x, size_t axis, CumulativeSettings settings) {
  using Sum = std::conditional_t<std::is_floating_point_v<T>, T, uint64_t>;
  const AxisView view = view_along(x.shape(), axis);
  const auto in = x.values<T>();
  std::vector<T> out(in.size());
  for (size_t o = 0; o < view.outer; ++o) {
    for (size_t k = 0; k < view.inner; ++k) {
      Sum sum{};
      for (size_t step = 0; step < view.size; ++step) {
        const size_t at = view.at(o, settings.is_reverse ? view.size - 1 - step : step, k);
        const Sum before = sum;
        sum = static_cast<Sum>(sum + static_cast<Sum>(in[at]));
        out[at] = static_cast<T>(settings.is_exclusive ? before : sum);
      }
    }
  }
  return Tensor(x.type(), x.shape(), std::move(out));
}

Result<Kernel> compile_cumulative_sum(Node& node) {
  CumulativeSettings settings;
  settings.is_exclusive = TRY(node.integer("exclusive", 0)) != 0;
  settings.is_reverse = TRY(node.integer("reverse", 0)) != 0;
  return Kernel([settings](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    const std::vector<int64_t> axes = TRY(read_integers(in[1]));
    if (axes.size() != 1) return data_error("{} axes given, it takes one", axes.size());
    const size_t axis = TRY(resolve_axis(axes[0], in[0].rank()));
    return visit_number(in[0].type(),
                        [&]<class T>(std::type_identity<T>) { return Tensors{running_sum<T>(in[0], axis, settings)}; });
  });
}

constexpr Operator kOperators[] = {
    {"", "ArgMax", 1, 1, 1, compile_arg<Want::greatest>},
    {"", "ArgMin", 1, 1, 1, compile_arg<Want::least>},
    {"", "CumSum", 11, 2, 2, compile_cumulative_sum},
    {"", "TopK", 10, 2, 2, compile_top_k},
};

}  // namespace

std::span<const Operator> order_operators() { return kOperators; }

}  // namespace aml::model
