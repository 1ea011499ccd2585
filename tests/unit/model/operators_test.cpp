// Exact answers of the core operators, one by one where the ONNX cases (tests/interop/onnx_cases.cpp) say nothing:
// integer overflow, NaN, empty axes, double, and what must be refused.
#include "model/operators.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {
std::string error_of(const NodeSpec& node, const std::vector<Tensor>& inputs) {
  const auto result = run_node(node, inputs);
  return result.ok() ? "no error" : result.error().message.substr(result.error().message.rfind(": ") + 2);
}
constexpr auto kSmallest = std::numeric_limits<int64_t>::min();
constexpr auto kGreatest = std::numeric_limits<int64_t>::max();
}  // namespace

TEST_CASE("integer arithmetic wraps around") {
  CHECK(list<int64_t>(apply("Add", {ints({1}, {kGreatest}), ints({1}, {1})})) == std::vector{kSmallest});
  CHECK(list<int64_t>(apply("Div", {ints({1}, {kSmallest}), ints({1}, {-1})})) == std::vector{kSmallest});
  CHECK(list<int64_t>(apply("Neg", {ints({1}, {kSmallest})})) == std::vector{kSmallest});
  CHECK(list<int64_t>(apply("Mod", {ints({3}, {-7, 7, kSmallest}), ints({3}, {3, -3, -1})})) ==
        std::vector<int64_t>{2, -2, 0});
}

TEST_CASE("integer division by zero is an error, floating is infinite") {
  CHECK(error_of({.op = "Div"}, {ints({1}, {1}), ints({1}, {0})}) == "integer division by zero");
  CHECK(list<double>(apply("Div", {doubles({1}, {1}), doubles({1}, {0})})) == std::vector<double>{INFINITY});
}

TEST_CASE("NaN is found, chosen around and carried through") {
  const Tensor x = doubles({3}, {1, NAN, 3});
  const Tensor is_missing = apply("IsNaN", {x});
  CHECK(list<uint8_t>(is_missing) == std::vector<uint8_t>{0, 1, 0});
  CHECK(list<double>(apply("Where", {is_missing, doubles({}, {7}), x})) == std::vector<double>{1, 7, 3});
  CHECK(std::isnan(apply("Max", {x, doubles({3}, {0, 0, 0})}).values<double>()[1]));
  CHECK(std::isnan(apply("Relu", {x}).values<double>()[1]));
  CHECK(list<uint8_t>(apply("Equal", {x, x})) == std::vector<uint8_t>{1, 0, 1});
}

TEST_CASE("text can be compared, chosen, gathered and joined") {
  const Tensor names = words({3}, {"a", "b", "c"});
  CHECK(list<uint8_t>(apply("Equal", {names, words({}, {"b"})})) == std::vector<uint8_t>{0, 1, 0});
  CHECK(list<std::string>(apply("Gather", {names, ints({2}, {2, -3})})) == std::vector<std::string>{"c", "a"});
  CHECK(list<std::string>(apply("Concat", {names, names}, {{"axis", int64_t{0}}})).size() == 6);
  CHECK(list<std::string>(apply("Where", {bools({3}, {1, 0, 1}), names, words({}, {""})})) ==
        std::vector<std::string>{"a", "", "c"});
  CHECK(error_of({.op = "Add"}, {names, names}) == "element type string is not supported here");
}

TEST_CASE("an index outside its axis is refused") {
  CHECK(error_of({.op = "Gather"}, {words({2}, {"a", "b"}), ints({1}, {2})}) ==
        "index 2 is outside an axis of 2 elements");
}

TEST_CASE("softmax of large scores neither overflows nor loses a class") {
  CHECK(list<double>(apply("Softmax", {doubles({1, 2}, {1000, 1000})})) == std::vector<double>{0.5, 0.5});
  CHECK(list<double>(apply("Softmax", {doubles({1, 2}, {-1e4, 1e4})})) == std::vector<double>{0, 1});
}

TEST_CASE("the first of equal greatest elements is the arg max, unless the last is asked for") {
  const Tensor x = doubles({2, 3}, {1, 5, 5, 2, 2, 2});
  const Attributes along_rows = {{"axis", int64_t{1}}, {"keepdims", int64_t{0}}};
  CHECK(list<int64_t>(apply("ArgMax", {x}, along_rows)) == std::vector<int64_t>{1, 0});
  Attributes last = along_rows;
  last.push_back({"select_last_index", int64_t{1}});
  CHECK(list<int64_t>(apply("ArgMax", {x}, last)) == std::vector<int64_t>{2, 2});
}

TEST_CASE("reductions over no elements have the neutral value") {
  const Tensor nothing = doubles({0, 2}, {});
  const Tensor axis = ints({1}, {0});
  CHECK(list<double>(apply("ReduceSum", {nothing, axis})) == std::vector<double>{0, 0});
  CHECK(list<double>(apply("ReduceMax", {nothing}, {{"axes", std::vector<int64_t>{0}}})) ==
        std::vector<double>{-INFINITY, -INFINITY});
}

TEST_CASE("matrix products agree with the sums written out, vectors included") {
  const Tensor a = doubles({2, 3}, {1, 2, 3, 4, 5, 6});
  const Tensor b = doubles({3, 2}, {7, 8, 9, 10, 11, 12});
  CHECK(list<double>(apply("MatMul", {a, b})) == std::vector<double>{58, 64, 139, 154});
  const Tensor v = doubles({3}, {1, 0, -1});
  CHECK(apply("MatMul", {a, v}).shape() == Shape{2});
  CHECK(list<double>(apply("MatMul", {a, v})) == std::vector<double>{-2, -2});
  CHECK(list<double>(apply("MatMul", {v, v})) == std::vector<double>{2});
  CHECK(error_of({.op = "MatMul"}, {a, a}) == "shapes [2,3] and [2,3] do not go together");
}

TEST_CASE("reshape copies with 0, fills with -1 and refuses what does not fit") {
  const Tensor x = doubles({2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK(apply("Reshape", {x, ints({2}, {0, -1})}).shape() == Shape{2, 3});
  CHECK(apply("Reshape", {x, ints({1}, {-1})}).shape() == Shape{6});
  CHECK(error_of({.op = "Reshape"}, {x, ints({2}, {4, -1})}) == "6 elements do not fill [4,?]");
  CHECK(error_of({.op = "Reshape"}, {x, ints({1}, {7})}) == "6 elements do not fill the shape [7]");
}

TEST_CASE("slices with steps that overflow stop at the end") {
  const Tensor x = ints({4}, {0, 1, 2, 3});
  const auto slice = [&](int64_t start, int64_t end, int64_t step) {
    return list<int64_t>(apply("Slice", {x, ints({1}, {start}), ints({1}, {end}), ints({1}, {0}), ints({1}, {step})}));
  };
  CHECK(slice(0, kGreatest, kGreatest) == std::vector<int64_t>{0});
  CHECK(slice(3, kSmallest, -2) == std::vector<int64_t>{3, 1});
  CHECK(slice(kSmallest, kGreatest, 1) == std::vector<int64_t>{0, 1, 2, 3});
}

TEST_CASE("split gives each output its part, the last one less when parts were counted") {
  const NodeSpec counted{.op = "Split", .attributes = {{"num_outputs", int64_t{2}}}};
  const auto parts = run_node(counted, {ints({5}, {1, 2, 3, 4, 5})}, 2).value();
  CHECK(list<int64_t>(parts[0]) == std::vector<int64_t>{1, 2, 3});
  CHECK(list<int64_t>(parts[1]) == std::vector<int64_t>{4, 5});
}
