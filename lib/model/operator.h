// What one operator of ONNX is to the executor. To add one: write a function that reads the node's attributes and
// returns its kernel, and give it a line in the table of its file (op_*.cpp). Nothing else knows operators by name.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/graph.h"

namespace aml::model {

// Of one computed tensor; a hostile graph must not be able to ask for more.
inline constexpr size_t kComputedElementsMax = size_t{1} << 26;

// A node as its operator's compile function sees it. An attribute that nobody asked for is an error after compiling:
// it would mean something this executor does not do.
class Node {
 public:
  Node(const NodeSpec& spec, int64_t opset) : spec_(spec), opset_(opset) {}

  int64_t opset() const { return opset_; }  // version of the operator's domain
  size_t input_count() const { return spec_.inputs.size(); }
  size_t output_count() const { return spec_.outputs.size(); }
  bool has_input(size_t index) const { return index < spec_.inputs.size() && !spec_.inputs[index].empty(); }

  // The attribute's value or, when it is absent, the second argument; bad_data when it has another type.
  Result<int64_t> integer(std::string_view name, int64_t fallback);
  Result<float> real(std::string_view name, float fallback);
  Result<std::string> text(std::string_view name, std::string_view fallback);
  Result<std::vector<int64_t>> integers(std::string_view name);  // empty when absent
  Result<std::vector<float>> reals(std::string_view name);
  Result<std::vector<std::string>> texts(std::string_view name);
  Result<Tensor> tensor(std::string_view name);  // of undefined type when absent
  bool has(std::string_view name) const { return find(name) != nullptr; }
  void ignore(std::string_view name) { asked_.emplace(name); }  // an attribute without effect on the result

  std::vector<std::string> unasked() const;  // attributes nobody asked for

 private:
  const Attribute* find(std::string_view name) const;
  template <class T>
  Result<T> take(std::string_view name, T fallback);

  const NodeSpec& spec_;  // outlives the Node, which lives only while its operator is compiled
  int64_t opset_;
  std::set<std::string, std::less<>> asked_;
};

// The tensors a kernel works on. An optional input that was left out, or stands beyond the end, is nullptr.
class Inputs {
 public:
  explicit Inputs(std::span<const Tensor* const> tensors) : tensors_(tensors) {}
  size_t size() const { return tensors_.size(); }
  const Tensor& operator[](size_t index) const { return *tensors_[index]; }  // required inputs
  const Tensor* find(size_t index) const { return index < tensors_.size() ? tensors_[index] : nullptr; }

 private:
  std::span<const Tensor* const> tensors_;
};

using Tensors = std::vector<Tensor>;
using Kernel = std::function<Result<Tensors>(const Inputs&)>;  // must be safe to call from many threads at once

inline constexpr size_t kAnyNumber = SIZE_MAX;

struct Operator {
  std::string_view domain;  // "" for ai.onnx
  std::string_view name;
  int64_t since;      // oldest opset whose meaning the kernel has
  size_t inputs_min;  // the first so many must be there
  size_t inputs_max;
  Result<Kernel> (*compile)(Node& node);
};

// nullptr when the executor does not know the operator.
const Operator* find_operator(std::string_view domain, std::string_view name);

inline constexpr int64_t kNewestOpset = 23;
inline constexpr int64_t kNewestMlOpset = 4;

// Errors without the place; the executor puts file and node in front.
template <class... Args>
Error data_error(fmt::format_string<Args...> format, Args&&... args) {
  return Error{ErrorKind::bad_data, fmt::format(format, std::forward<Args>(args)...)};
}
Error type_error(const Tensor& tensor);  // "element type string is not supported here"

// -rank … rank-1 to 0 … rank-1; bad_data outside.
Result<size_t> resolve_axis(int64_t axis, size_t rank);

// The element count of a tensor about to be computed, within kComputedElementsMax.
Result<size_t> checked_count(const Shape& shape);

// A tensor used as a list of numbers: axes, shapes, starts. int64 or int32, at most one axis.
Result<std::vector<int64_t>> read_integers(const Tensor& tensor);

}  // namespace aml::model
