#include "model/broadcast.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {

// The obvious way: every index of the result, mapped to each operand by clamping stretched axes to 0.
std::vector<double> slow_subtract(const Tensor& a, const Tensor& b, const Shape& shape) {
  std::vector<double> out(*element_count(shape));
  for (size_t i = 0; i < out.size(); ++i) {
    const auto element = [&](const Tensor& x) {
      size_t rest = i;
      size_t at = 0;
      size_t stride = 1;
      for (size_t axis = shape.size(); axis-- > 0;) {
        const size_t index = rest % static_cast<size_t>(shape[axis]);
        rest /= static_cast<size_t>(shape[axis]);
        const size_t lead = shape.size() - x.rank();
        if (axis < lead) continue;
        const auto size = static_cast<size_t>(x.shape()[axis - lead]);
        at += (size == 1 ? 0 : index) * stride;
        stride *= size;
      }
      return x.values<double>()[at];
    };
    out[i] = element(a) - element(b);
  }
  return out;
}

Tensor counted(const Shape& shape, double start) {
  std::vector<double> values(*element_count(shape));
  for (double& value : values) value = start++;
  return doubles(shape, std::move(values));
}

}  // namespace

TEST_CASE("random shapes broadcast like the obvious loop") {
  const Random random(3, 0);
  uint64_t n = 0;
  for (int round = 0; round < 300; ++round) {
    Shape shape(random.below_at(n++, 4) + 1);
    for (int64_t& size : shape) size = static_cast<int64_t>(random.below_at(n++, 4)) + 1;
    const auto narrowed = [&] {
      Shape part(shape.begin() + static_cast<int64_t>(random.below_at(n++, shape.size() + 1)), shape.end());
      for (int64_t& size : part) size = random.below_at(n++, 2) == 0 ? size : 1;
      return part;
    };
    const Tensor a = counted(narrowed(), 100);
    const Tensor b = counted(narrowed(), 1);
    const Shape result = broadcast_shape(a.shape(), b.shape()).value();
    const std::string shapes = to_text(a.shape()) + to_text(b.shape());
    CAPTURE(shapes);
    const Tensor difference = apply("Sub", {a, b});
    CHECK(difference.shape() == result);
    CHECK(list<double>(difference) == slow_subtract(a, b, result));
  }
}

TEST_CASE("an axis without elements stays without") {
  const Tensor sum = apply("Add", {doubles({0, 3}, {}), doubles({3}, {1, 2, 3})});
  CHECK(sum.shape() == Shape{0, 3});
}

TEST_CASE("shapes that do not agree are refused") {
  CHECK(broadcast_shape({2, 3}, {2, 4}).error().message == "shapes [2,3] and [2,4] do not go together");
}
