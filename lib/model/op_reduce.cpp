// Sums, means, products and extremes along axes. Floating sums run in double whatever the tensor's type.
#include <cmath>
#include <limits>
#include <optional>

#include "model/broadcast.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

template <class T>
using Accumulator = std::conditional_t<std::is_floating_point_v<T>, double, uint64_t>;  // integers wrap around

// A reduction is three functions: the start, one more element, and the end, which knows how many there were.
struct Sum {
  template <class T>
  static Accumulator<T> start() {
    return 0;
  }
  template <class T>
  static Accumulator<T> add(Accumulator<T> sum, T x) {
    return sum + static_cast<Accumulator<T>>(x);
  }
  template <class T>
  static T finish(Accumulator<T> sum, size_t) {
    return static_cast<T>(sum);
  }
};
struct Mean : Sum {
  template <class T>
  static T finish(Accumulator<T> sum, size_t count) {
    if constexpr (std::is_floating_point_v<T>) return static_cast<T>(sum / static_cast<double>(count));
    else if constexpr (std::is_signed_v<T>)
      return static_cast<T>(count == 0 ? 0 : static_cast<int64_t>(sum) / static_cast<int64_t>(count));
    else return static_cast<T>(count == 0 ? 0 : sum / count);
  }
};
struct SumSquare : Sum {
  template <class T>
  static Accumulator<T> add(Accumulator<T> sum, T x) {
    return sum + static_cast<Accumulator<T>>(x) * static_cast<Accumulator<T>>(x);
  }
};
struct L2 : SumSquare {
  template <class T>
  static T finish(Accumulator<T> sum, size_t) {
    return static_cast<T>(std::sqrt(static_cast<double>(sum)));
  }
};
struct L1 : Sum {
  template <class T>
  static Accumulator<T> add(Accumulator<T> sum, T x) {
    const auto value = static_cast<Accumulator<T>>(x);
    return x < T{0} ? sum - value : sum + value;
  }
};
struct LogSum : Sum {
  template <class T>
  static T finish(Accumulator<T> sum, size_t) {
    return static_cast<T>(std::log(static_cast<double>(sum)));
  }
};
struct Product : Sum {
  template <class T>
  static Accumulator<T> start() {
    return 1;
  }
  template <class T>
  static Accumulator<T> add(Accumulator<T> product, T x) {
    return product * static_cast<Accumulator<T>>(x);
  }
};

// Walks x once; calls visit(result index, element).
template <class T, class Visit>
void visit_reduced(const Tensor& x, const Shape& kept, Visit visit) {
  const auto in = x.values<T>();
  BroadcastWalk walk(x.shape(), {&kept});
  for (BroadcastRun run; walk.next(run);) {
    for (size_t i = 0; i < run.count; ++i) visit(run.at(0, i), in[run.begin + i]);
  }
}

template <class Reduction, class T>
std::vector<T> reduce(const Tensor& x, const Shape& kept, size_t kept_count) {
  std::vector<Accumulator<T>> sums(kept_count, Reduction::template start<T>());
  visit_reduced<T>(x, kept, [&](size_t at, T value) { sums[at] = Reduction::template add<T>(sums[at], value); });
  std::vector<T> out(kept_count);
  const size_t count = kept_count == 0 ? 0 : x.size() / kept_count;
  for (size_t i = 0; i < kept_count; ++i) out[i] = Reduction::template finish<T>(sums[i], count);
  return out;
}

enum class Extreme : uint8_t { least, greatest };

// Of no elements, the extreme is what every element would beat.
template <class T>
std::vector<T> reduce_extreme(const Tensor& x, const Shape& kept, size_t kept_count, Extreme extreme) {
  using Limits = std::numeric_limits<T>;
  const T low = Limits::has_infinity ? static_cast<T>(-Limits::infinity()) : Limits::lowest();
  const T high = Limits::has_infinity ? Limits::infinity() : Limits::max();
  const bool finds_greatest = extreme == Extreme::greatest;
  std::vector<T> out(kept_count, finds_greatest ? low : high);
  visit_reduced<T>(x, kept, [&](size_t at, T value) {
    if (value != value || (finds_greatest ? value > out[at] : value < out[at])) out[at] = value;
  });
  return out;
}

template <Extreme kExtreme>
struct ExtremeOf {};
struct LogSumExp {};

// log Σ exp(x) = m + log Σ exp(x - m), so that nothing overflows.
template <class T>
std::vector<T> reduce_log_sum_exp(const Tensor& x, const Shape& kept, size_t kept_count) {
  std::vector<T> greatest = reduce_extreme<T>(x, kept, kept_count, Extreme::greatest);
  for (T& value : greatest) value = std::isfinite(static_cast<double>(value)) ? value : T{0};
  std::vector<double> sums(kept_count, 0);
  visit_reduced<T>(x, kept, [&](size_t at, T value) {
    sums[at] += std::exp(static_cast<double>(value) - static_cast<double>(greatest[at]));
  });
  std::vector<T> out(kept_count);
  for (size_t i = 0; i < kept_count; ++i) out[i] = static_cast<T>(static_cast<double>(greatest[i]) + std::log(sums[i]));
  return out;
}

template <class Reduction, class T>
std::vector<T> apply(const Tensor& x, const Shape& kept, size_t kept_count) {
  if constexpr (std::is_same_v<Reduction, ExtremeOf<Extreme::least>>) {
    return reduce_extreme<T>(x, kept, kept_count, Extreme::least);
  } else if constexpr (std::is_same_v<Reduction, ExtremeOf<Extreme::greatest>>) {
    return reduce_extreme<T>(x, kept, kept_count, Extreme::greatest);
  } else if constexpr (std::is_same_v<Reduction, LogSumExp>) {
    return reduce_log_sum_exp<T>(x, kept, kept_count);
  } else {
    return reduce<Reduction, T>(x, kept, kept_count);
  }
}

struct ReduceSettings {
  bool keeps_axes = true;
  bool does_nothing_without_axes = false;
  std::vector<int64_t> axes;  // from the attribute; newer opsets give them as the second input
};

// The shape with 1 for each axis that is summed away.
Result<Shape> kept_shape(const Shape& shape, const std::vector<int64_t>& axes) {
  if (axes.empty()) return Shape(shape.size(), 1);
  Shape kept = shape;
  for (const int64_t axis : axes) kept[TRY(resolve_axis(axis, shape.size()))] = 1;
  return kept;
}

Result<Shape> without_axes(const Shape& shape, const std::vector<int64_t>& axes) {
  Shape result;
  std::vector<bool> is_reduced(shape.size(), axes.empty());
  for (const int64_t axis : axes) is_reduced[TRY(resolve_axis(axis, shape.size()))] = true;
  for (size_t i = 0; i < shape.size(); ++i) {
    if (!is_reduced[i]) result.push_back(shape[i]);
  }
  return result;
}

template <class Reduction>
Result<Tensors> run_reduction(const Inputs& in, const ReduceSettings& settings) {
  const Tensor& x = in[0];
  if (!is_computable(x.type())) return type_error(x);
  const Tensor* given = in.find(1);
  const std::vector<int64_t> axes = given != nullptr ? TRY(read_integers(*given)) : settings.axes;
  if (axes.empty() && settings.does_nothing_without_axes) return Tensors{x};
  const Shape kept = TRY(kept_shape(x.shape(), axes));
  Shape shape = settings.keeps_axes ? kept : TRY(without_axes(x.shape(), axes));
  const size_t count = TRY(checked_count(kept));
  return visit_number(x.type(), [&]<class T>(std::type_identity<T>) {
    return Tensors{Tensor(x.type(), std::move(shape), apply<Reduction, T>(x, kept, count))};
  });
}

template <class Reduction>
Result<Kernel> compile(Node& node) {
  ReduceSettings settings;
  settings.keeps_axes = TRY(node.integer("keepdims", 1)) != 0;
  settings.does_nothing_without_axes = TRY(node.integer("noop_with_empty_axes", 0)) != 0;
  settings.axes = TRY(node.integers("axes"));
  return Kernel([settings](const Inputs& in) { return run_reduction<Reduction>(in, settings); });
}

constexpr Operator kOperators[] = {
    {"", "ReduceL1", 1, 1, 2, compile<L1>},
    {"", "ReduceL2", 1, 1, 2, compile<L2>},
    {"", "ReduceLogSum", 1, 1, 2, compile<LogSum>},
    {"", "ReduceLogSumExp", 1, 1, 2, compile<LogSumExp>},
    {"", "ReduceMax", 1, 1, 2, compile<ExtremeOf<Extreme::greatest>>},
    {"", "ReduceMean", 1, 1, 2, compile<Mean>},
    {"", "ReduceMin", 1, 1, 2, compile<ExtremeOf<Extreme::least>>},
    {"", "ReduceProd", 1, 1, 2, compile<Product>},
    {"", "ReduceSum", 1, 1, 2, compile<Sum>},
    {"", "ReduceSumSquare", 1, 1, 2, compile<SumSquare>},
};

}  // namespace

std::span<const Operator> reduce_operators() { return kOperators; }

}  // namespace aml::model
