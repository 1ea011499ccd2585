// Operators that pick, repeat, reorder and join elements; they work on every element type.
#include <algorithm>
#include <numeric>

#include "model/axis.h"
#include "model/broadcast.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

// Index i of an axis of `size`; negative ones count from the end.
Result<size_t> resolve_index(int64_t index, size_t size) {
  const auto signed_size = static_cast<int64_t>(size);
  if (index < -signed_size || index >= signed_size) {
    return data_error("index {} is outside an axis of {} elements", index, size);
  }
  return static_cast<size_t>(index < 0 ? index + signed_size : index);
}

Result<std::vector<size_t>> read_indices(const Tensor& tensor, size_t size) {
  const std::vector<int64_t> numbers = TRY(read_integers(tensor.reshaped({static_cast<int64_t>(tensor.size())})));
  std::vector<size_t> indices(numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) indices[i] = TRY(resolve_index(numbers[i], size));
  return indices;
}

// The slices named, in that order, along one axis.
template <class T>
std::vector<T> take_slices(const Tensor& x, const AxisView& view, const std::vector<size_t>& slices) {
  const auto in = x.values<T>();
  std::vector<T> out;
  out.reserve(view.outer * slices.size() * view.inner);
  for (size_t o = 0; o < view.outer; ++o) {
    for (const size_t slice : slices) {
      const auto begin = in.begin() + static_cast<int64_t>(view.at(o, slice, 0));
      out.insert(out.end(), begin, begin + static_cast<int64_t>(view.inner));
    }
  }
  return out;
}

Result<Tensors> take_along(const Tensor& x, size_t axis, const std::vector<size_t>& slices, Shape shape) {
  TRY(checked_count(shape));
  const AxisView view = view_along(x.shape(), axis);
  return visit_element(x.type(), [&]<class T>(std::type_identity<T>) {
    return Tensors{Tensor(x.type(), std::move(shape), take_slices<T>(x, view, slices))};
  });
}

Result<Kernel> compile_gather(Node& node) {
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  return Kernel([wanted_axis](const Inputs& in) -> Result<Tensors> {
    const size_t axis = TRY(resolve_axis(wanted_axis, in[0].rank()));
    const std::vector<size_t> slices = TRY(read_indices(in[1], static_cast<size_t>(in[0].shape()[axis])));
    const auto split = in[0].shape().begin() + static_cast<int64_t>(axis);
    Shape shape(in[0].shape().begin(), split);
    shape.insert(shape.end(), in[1].shape().begin(), in[1].shape().end());
    shape.insert(shape.end(), split + 1, in[0].shape().end());
    return take_along(in[0], axis, slices, std::move(shape));
  });
}

Result<Kernel> compile_compress(Node& node) {
  const bool has_axis = node.has("axis");
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    if (in[1].type() != ElementType::boolean || in[1].rank() != 1) return type_error(in[1]);
    const Tensor x = has_axis ? in[0] : in[0].reshaped({static_cast<int64_t>(in[0].size())});
    const size_t axis = TRY(resolve_axis(wanted_axis, x.rank()));
    const auto keeps = in[1].values<uint8_t>();
    if (keeps.size() > static_cast<size_t>(x.shape()[axis])) return data_error("the condition is longer than the axis");
    std::vector<size_t> slices;
    for (size_t i = 0; i < keeps.size(); ++i) {
      if (keeps[i] != 0) slices.push_back(i);
    }
    Shape shape = x.shape();
    shape[axis] = static_cast<int64_t>(slices.size());
    return take_along(x, axis, slices, std::move(shape));
  });
}

// out[…, i, …] = x[…, indices[…, i, …], …] along one axis; the shapes agree elsewhere.
template <class T>
Result<Tensors> gather_elements(const Tensor& x, const Tensor& indices, size_t axis) {
  const std::vector<size_t> slices = TRY(read_indices(indices, static_cast<size_t>(x.shape()[axis])));
  const std::vector<int64_t> strides = strides_of(x.shape());
  const auto in = x.values<T>();
  std::vector<T> out(slices.size());
  std::vector<int64_t> index(indices.rank(), 0);
  for (size_t i = 0; i < out.size(); ++i) {
    int64_t at = static_cast<int64_t>(slices[i]) * strides[axis];
    for (size_t a = 0; a < index.size(); ++a) at += a == axis ? 0 : index[a] * strides[a];
    out[i] = in[static_cast<size_t>(at)];
    for (size_t a = index.size(); a-- > 0 && ++index[a] == indices.shape()[a];) index[a] = 0;
  }
  return Tensors{Tensor(x.type(), indices.shape(), std::move(out))};
}

Result<Kernel> compile_gather_elements(Node& node) {
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  return Kernel([wanted_axis](const Inputs& in) -> Result<Tensors> {
    const size_t axis = TRY(resolve_axis(wanted_axis, in[0].rank()));
    if (in[1].rank() != in[0].rank()) return data_error("data and indices have different ranks");
    for (size_t a = 0; a < in[0].rank(); ++a) {
      if (a != axis && in[1].shape()[a] > in[0].shape()[a]) return data_error("indices reach outside the data");
    }
    return visit_element(in[0].type(),
                         [&]<class T>(std::type_identity<T>) { return gather_elements<T>(in[0], in[1], axis); });
  });
}

template <class T>
Result<Tensors> choose(const Inputs& in) {
  Shape shape = TRY(broadcast_shape(in[1].shape(), in[2].shape()));
  shape = TRY(broadcast_shape(in[0].shape(), shape));
  std::vector<T> out(TRY(checked_count(shape)));
  const auto test = in[0].values<uint8_t>();
  const auto yes = in[1].values<T>();
  const auto no = in[2].values<T>();
  BroadcastWalk walk(shape, {&in[0].shape(), &in[1].shape(), &in[2].shape()});
  for (BroadcastRun run; walk.next(run);) {
    for (size_t i = 0; i < run.count; ++i)
      out[run.begin + i] = test[run.at(0, i)] != 0 ? yes[run.at(1, i)] : no[run.at(2, i)];
  }
  return Tensors{Tensor(in[1].type(), std::move(shape), std::move(out))};
}

Result<Kernel> compile_where(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (in[0].type() != ElementType::boolean) return type_error(in[0]);
    if (in[1].type() != in[2].type()) return type_error(in[2]);
    return visit_element(in[1].type(), [&]<class T>(std::type_identity<T>) { return choose<T>(in); });
  });
}

// Copies x, stretched by strides (0 repeats) and in any order of axes, into a row-major result.
Result<Tensors> copy_strided(const Tensor& x, Shape shape, const std::vector<int64_t>& strides, int64_t start) {
  const size_t count = TRY(checked_count(shape));
  return visit_element(x.type(), [&]<class T>(std::type_identity<T>) {
    const auto in = x.values<T>();
    std::vector<T> out(count);
    std::vector<int64_t> index(shape.size(), 0);
    int64_t at = start;
    for (size_t i = 0; i < count; ++i) {
      out[i] = in[static_cast<size_t>(at)];
      for (size_t a = shape.size(); a-- > 0;) {
        at += strides[a];
        if (++index[a] < shape[a]) break;
        at -= strides[a] * shape[a];
        index[a] = 0;
      }
    }
    return Tensors{Tensor(x.type(), std::move(shape), std::move(out))};
  });
}

Result<Kernel> compile_transpose(Node& node) {
  const bool is_reversed = !node.has("perm");
  return Kernel([is_reversed, wanted = TRY(node.integers("perm"))](const Inputs& in) -> Result<Tensors> {
    std::vector<int64_t> order = wanted;
    if (is_reversed) {
      order.resize(in[0].rank());
      std::iota(order.rbegin(), order.rend(), int64_t{0});
    }
    std::vector<int64_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] != static_cast<int64_t>(i)) return data_error("perm is no order of the axes");
    }
    if (order.size() != in[0].rank()) return data_error("perm is no order of the axes");
    const std::vector<int64_t> own = strides_of(in[0].shape());
    Shape shape;
    std::vector<int64_t> strides;
    for (const int64_t axis : order) {
      shape.push_back(in[0].shape()[static_cast<size_t>(axis)]);
      strides.push_back(own[static_cast<size_t>(axis)]);
    }
    return copy_strided(in[0], std::move(shape), strides, 0);
  });
}

Result<Kernel> compile_expand(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    const Shape wanted = TRY(read_integers(in[1]));
    if (!element_count(wanted)) return data_error("impossible shape {}", to_text(wanted));
    Shape shape = TRY(broadcast_shape(in[0].shape(), wanted));
    const std::vector<int64_t> strides = broadcast_strides(in[0].shape(), shape);
    return copy_strided(in[0], std::move(shape), strides, 0);
  });
}

Result<Kernel> compile_tile(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    const std::vector<int64_t> repeats = TRY(read_integers(in[1]));
    if (repeats.size() != in[0].rank()) return data_error("it takes one repeat for each axis");
    Tensor x = in[0];
    for (size_t axis = 0; axis < repeats.size(); ++axis) {
      Shape shape = x.shape();
      if (repeats[axis] < 0 || __builtin_mul_overflow(shape[axis], repeats[axis], &shape[axis])) {
        return data_error("impossible repeat {}", repeats[axis]);
      }
      TRY(checked_count(shape));
      std::vector<size_t> slices(static_cast<size_t>(shape[axis]));
      for (size_t i = 0; i < slices.size(); ++i) slices[i] = i % static_cast<size_t>(x.shape()[axis]);
      x = std::move(TRY(take_along(x, axis, slices, std::move(shape))).front());
    }
    return Tensors{x};
  });
}

// The slices that start:end:step names on an axis of `size`, with numpy's rules for what is out of range.
Result<std::vector<size_t>> slice_range(int64_t start, int64_t end, int64_t step, int64_t size) {
  if (step == 0) return data_error("the step is 0");
  const auto clamp = [size, step](int64_t index) {
    const int64_t from_front = index < 0 ? index + size : index;  // index ≥ INT64_MIN and size ≥ 0: cannot overflow
    return step > 0 ? std::clamp<int64_t>(from_front, 0, size) : std::clamp<int64_t>(from_front, -1, size - 1);
  };
  std::vector<size_t> slices;
  const int64_t last = clamp(end);
  for (int64_t i = clamp(start); step > 0 ? i < last : i > last;) {
    slices.push_back(static_cast<size_t>(i));
    if (__builtin_add_overflow(i, step, &i)) break;
  }
  return slices;
}

struct SliceSettings {
  std::vector<int64_t> starts;
  std::vector<int64_t> ends;
  std::vector<int64_t> axes;
  std::vector<int64_t> steps;
};

Result<Tensors> slice(Tensor x, SliceSettings settings) {
  if (settings.axes.empty()) {
    settings.axes.resize(settings.starts.size());
    std::iota(settings.axes.begin(), settings.axes.end(), int64_t{0});
  }
  if (settings.steps.empty()) settings.steps.assign(settings.starts.size(), 1);
  if (settings.ends.size() != settings.starts.size() || settings.axes.size() != settings.starts.size() ||
      settings.steps.size() != settings.starts.size()) {
    return data_error("starts, ends, axes and steps have different lengths");
  }
  for (size_t i = 0; i < settings.starts.size(); ++i) {
    const size_t axis = TRY(resolve_axis(settings.axes[i], x.rank()));
    Shape shape = x.shape();
    const std::vector<size_t> slices =
        TRY(slice_range(settings.starts[i], settings.ends[i], settings.steps[i], shape[axis]));
    shape[axis] = static_cast<int64_t>(slices.size());
    x = std::move(TRY(take_along(x, axis, slices, std::move(shape))).front());
  }
  return Tensors{x};
}

// Before opset 10 the numbers are attributes.
Result<Kernel> compile_slice(Node& node) {
  SliceSettings settings;
  settings.starts = TRY(node.integers("starts"));
  settings.ends = TRY(node.integers("ends"));
  settings.axes = TRY(node.integers("axes"));
  if (node.opset() < 10) return Kernel([settings](const Inputs& in) { return slice(in[0], settings); });
  if (!node.has_input(1) || !node.has_input(2)) return data_error("starts or ends are missing");
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    SliceSettings given;
    given.starts = TRY(read_integers(in[1]));
    given.ends = TRY(read_integers(in[2]));
    if (in.find(3) != nullptr) given.axes = TRY(read_integers(in[3]));
    if (in.find(4) != nullptr) given.steps = TRY(read_integers(in[4]));
    return slice(in[0], std::move(given));
  });
}

// Equal parts unless sizes are given; the last may be smaller when the number of parts is given (opset 18).
Result<std::vector<int64_t>> part_sizes(int64_t size, size_t parts, bool allows_smaller_last) {
  const auto count = static_cast<int64_t>(parts);
  if (size % count != 0 && !allows_smaller_last)
    return data_error("{} elements do not split into {} equal parts", size, count);
  const int64_t part = (size + count - 1) / count;
  std::vector<int64_t> sizes(parts, part);
  sizes.back() = size - part * (count - 1);
  if (sizes.back() < 0) return data_error("{} elements do not split into {} parts", size, count);
  return sizes;
}

Result<Kernel> compile_split(Node& node) {
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  const size_t parts = node.output_count();
  const int64_t wanted_parts = TRY(node.integer("num_outputs", static_cast<int64_t>(parts)));
  if (wanted_parts != static_cast<int64_t>(parts)) return data_error("num_outputs is not the number of outputs");
  const bool allows_smaller_last = node.has("num_outputs");
  return Kernel([=, attribute = TRY(node.integers("split"))](const Inputs& in) -> Result<Tensors> {
    const size_t axis = TRY(resolve_axis(wanted_axis, in[0].rank()));
    std::vector<int64_t> sizes = in.find(1) != nullptr ? TRY(read_integers(in[1])) : attribute;
    if (sizes.empty()) sizes = TRY(part_sizes(in[0].shape()[axis], parts, allows_smaller_last));
    Tensors results;
    int64_t start = 0;
    for (const int64_t size : sizes) {
      if (size < 0 || size > in[0].shape()[axis] - start) return data_error("the parts are larger than the axis");
      SliceSettings settings{.starts = {start}, .ends = {start + size}, .axes = {wanted_axis}, .steps = {}};
      results.push_back(std::move(TRY(slice(in[0], std::move(settings))).front()));
      start += size;
    }
    if (start != in[0].shape()[axis]) return data_error("the parts are smaller than the axis");
    return results;
  });
}

template <class T>
Tensor join(const Inputs& in, size_t axis, Shape shape, size_t count) {
  std::vector<T> out;
  out.reserve(count);
  const size_t outer = view_along(shape, axis).outer;
  for (size_t o = 0; o < outer; ++o) {
    for (size_t i = 0; i < in.size(); ++i) {
      const auto values = in[i].values<T>();
      const size_t block = values.size() / outer;
      const auto begin = values.begin() + static_cast<int64_t>(o * block);
      out.insert(out.end(), begin, begin + static_cast<int64_t>(block));
    }
  }
  return Tensor(in[0].type(), std::move(shape), std::move(out));
}

Result<Kernel> compile_concat(Node& node) {
  if (!node.has("axis")) return data_error("the axis is missing");
  const int64_t wanted_axis = TRY(node.integer("axis", 0));
  return Kernel([wanted_axis](const Inputs& in) -> Result<Tensors> {
    const size_t axis = TRY(resolve_axis(wanted_axis, in[0].rank()));
    Shape shape = in[0].shape();
    for (size_t i = 1; i < in.size(); ++i) {
      if (in.find(i) == nullptr) return data_error("input {} is missing", i + 1);
      if (in[i].type() != in[0].type()) return type_error(in[i]);
      Shape expected = in[0].shape();
      if (in[i].rank() == expected.size()) expected[axis] = in[i].shape()[axis];
      if (in[i].shape() != expected) {
        return data_error("shapes {} and {} do not join", to_text(in[0].shape()), to_text(in[i].shape()));
      }
      if (__builtin_add_overflow(shape[axis], in[i].shape()[axis], &shape[axis])) return data_error("too large");
    }
    const size_t count = TRY(checked_count(shape));
    return visit_element(in[0].type(), [&]<class T>(std::type_identity<T>) {
      return Tensors{join<T>(in, axis, std::move(shape), count)};
    });
  });
}

constexpr Operator kOperators[] = {
    {"", "Compress", 9, 2, 2, compile_compress},
    {"", "Concat", 4, 1, kAnyNumber, compile_concat},
    {"", "Expand", 8, 2, 2, compile_expand},
    {"", "Gather", 1, 2, 2, compile_gather},
    {"", "GatherElements", 11, 2, 2, compile_gather_elements},
    {"", "Slice", 1, 1, 5, compile_slice},
    {"", "Split", 2, 1, 2, compile_split},
    {"", "Tile", 6, 2, 2, compile_tile},
    {"", "Transpose", 1, 1, 1, compile_transpose},
    {"", "Where", 9, 3, 3, compile_where},
};

}  // namespace

std::span<const Operator> select_operators() { return kOperators; }

}  // namespace aml::model
