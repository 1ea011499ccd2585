// Exact answers of the ai.onnx.ml operators that shape features and categories; their agreement with another runtime is
// checked by tests/interop/onnx_oracle.py.
#include <doctest/doctest.h>

#include <cmath>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {
std::string error_of(const NodeSpec& node, const std::vector<Tensor>& inputs) {
  const auto result = run_node(node, inputs);
  return result.ok() ? "no error" : result.error().message.substr(result.error().message.rfind(": ") + 2);
}
const std::string kMl(kMlDomain);
}  // namespace

TEST_CASE("one-hot adds an axis, and an unknown category is all zeros or an error") {
  const Attributes colours = {{"cats_strings", std::vector<std::string>{"red", "blue"}}};
  const Tensor hot = apply_ml("OneHotEncoder", {words({2, 1}, {"blue", "green"})}, colours);
  CHECK(hot.shape() == Shape{2, 1, 2});
  CHECK(list<float>(hot) == std::vector<float>{0, 1, 0, 0});
  Attributes strict = colours;
  strict.push_back({"zeros", int64_t{0}});
  CHECK(error_of({.op = "OneHotEncoder", .domain = kMl, .attributes = strict}, {words({1}, {"green"})}) ==
        "element 0 is none of the 2 categories");
}

TEST_CASE("one-hot of numbers takes any number type") {
  const Attributes numbers = {{"cats_int64s", std::vector<int64_t>{3, 5}}};
  CHECK(list<float>(apply_ml("OneHotEncoder", {floats({2}, {5, 4})}, numbers)) == std::vector<float>{0, 1, 0, 0});
}

TEST_CASE("a label that has no entry gets the default, NaN is a key") {
  const Attributes to_number = {{"keys_strings", std::vector<std::string>{"a", "b"}},
                                {"values_int64s", std::vector<int64_t>{10, 20}},
                                {"default_int64", int64_t{-5}}};
  CHECK(list<int64_t>(apply_ml("LabelEncoder", {words({3}, {"b", "x", "a"})}, to_number)) ==
        std::vector<int64_t>{20, -5, 10});
  const Attributes from_real = {{"keys_floats", std::vector<float>{NAN, 1}},
                                {"values_strings", std::vector<std::string>{"none", "one"}}};
  CHECK(list<std::string>(apply_ml("LabelEncoder", {floats({3}, {1, NAN, 2})}, from_real)) ==
        std::vector<std::string>{"one", "none", "_Unused"});
}

TEST_CASE("the imputer replaces NaN, or a value, per feature") {
  const Attributes means = {{"imputed_value_floats", std::vector<float>{7, 8}}, {"replaced_value_float", NAN}};
  CHECK(list<double>(apply_ml("Imputer", {doubles({2, 2}, {NAN, 1, 2, NAN})}, means)) ==
        std::vector<double>{7, 1, 2, 8});
}

TEST_CASE("the normalizer leaves a row of zeros alone") {
  CHECK(list<float>(apply_ml("Normalizer", {floats({2, 2}, {3, 4, 0, 0})}, {{"norm", std::string("L2")}})) ==
        std::vector<float>{0.6F, 0.8F, 0, 0});
}

TEST_CASE("the feature vectorizer cuts and pads to the widths given") {
  const Tensor joined = apply_ml("FeatureVectorizer", {floats({2, 1}, {1, 2}), ints({2, 3}, {3, 4, 5, 6, 7, 8})},
                                 {{"inputdimensions", std::vector<int64_t>{2, 2}}});
  CHECK(joined.shape() == Shape{2, 4});
  CHECK(list<float>(joined) == std::vector<float>{1, 0, 3, 4, 2, 0, 6, 7});
}

TEST_CASE("the scaler's numbers must fit the features") {
  const Attributes two = {{"offset", std::vector<float>{1, 2}}, {"scale", std::vector<float>{10, 100}}};
  CHECK(list<float>(apply_ml("Scaler", {ints({2, 2}, {1, 2, 2, 4})}, two)) == std::vector<float>{0, 0, 10, 200});
  CHECK(error_of({.op = "Scaler", .domain = kMl, .attributes = two}, {floats({1, 3}, {1, 2, 3})}) ==
        "offset and scale do not fit 3 features");
}

TEST_CASE("a linear classifier with one row of coefficients scores the second class") {
  const NodeSpec node{.op = "LinearClassifier",
                      .domain = kMl,
                      .attributes = {{"coefficients", std::vector<float>{1}},
                                     {"intercepts", std::vector<float>{0}},
                                     {"classlabels_strings", std::vector<std::string>{"no", "yes"}},
                                     {"post_transform", std::string("LOGISTIC")}}};
  const auto outputs = run_node(node, {floats({2, 1}, {0.5F, -0.5F})}, 2).value();
  CHECK(list<std::string>(outputs[0]) == std::vector<std::string>{"yes", "no"});
  CHECK(outputs[1].values<float>()[1] == doctest::Approx(0.62246));
  CHECK(outputs[1].values<float>()[0] + outputs[1].values<float>()[1] == doctest::Approx(1));
}
