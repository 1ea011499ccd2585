// ai.onnx.ml operators on categories: OneHotEncoder, LabelEncoder, CategoryMapper, ZipMap.
#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "model/convert.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

// NaN is a key like any other, and the two zeros are one.
template <class T>
struct KeyHash {
  size_t operator()(const T& key) const {
    if constexpr (std::is_floating_point_v<T>) {
      if (key != key) return 0x7ff8;
      return std::hash<T>()(key == 0 ? T{0} : key);
    } else {
      return std::hash<T>()(key);
    }
  }
};
template <class T>
struct KeyEqual {
  bool operator()(const T& a, const T& b) const { return a == b || (a != a && b != b); }
};
template <class Key, class Value>
using Lookup = std::unordered_map<Key, Value, KeyHash<Key>, KeyEqual<Key>>;

template <class Key>
std::optional<Lookup<Key, size_t>> number_keys(const std::vector<Key>& keys) {
  Lookup<Key, size_t> lookup;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (!lookup.emplace(keys[i], i).second) return std::nullopt;
  }
  return lookup;
}

enum class Unknown : uint8_t { is_an_error, is_all_zeros };

// Adds an axis with one element per category to the input's shape.
template <class Key>
Result<Tensors> encode_one_hot(const Tensor& x, const Lookup<Key, size_t>& lookup, Unknown unknown) {
  Shape shape = x.shape();
  shape.push_back(static_cast<int64_t>(lookup.size()));
  std::vector<float> out(TRY(checked_count(shape)), 0.0F);
  const auto values = x.values<Key>();
  for (size_t i = 0; i < values.size(); ++i) {
    const auto found = lookup.find(values[i]);
    if (found != lookup.end()) {
      out[i * lookup.size() + found->second] = 1;
    } else if (unknown == Unknown::is_an_error) {
      return data_error("element {} is none of the {} categories", i, lookup.size());
    }
  }
  return Tensors{Tensor(ElementType::float32, std::move(shape), std::move(out))};
}

Result<Kernel> compile_one_hot(Node& node) {
  const std::vector<std::string> words = TRY(node.texts("cats_strings"));
  const std::vector<int64_t> numbers = TRY(node.integers("cats_int64s"));
  const Unknown unknown = TRY(node.integer("zeros", 1)) != 0 ? Unknown::is_all_zeros : Unknown::is_an_error;
  if (words.empty() == numbers.empty()) return data_error("it takes either cats_strings or cats_int64s");
  const auto word_lookup = number_keys(words);
  const auto number_lookup = number_keys(numbers);
  if (!word_lookup || !number_lookup) return data_error("a category stands there twice");
  return Kernel([unknown, words = *word_lookup, numbers = *number_lookup](const Inputs& in) -> Result<Tensors> {
    if (!words.empty()) {
      if (in[0].type() != ElementType::string) return type_error(in[0]);
      return encode_one_hot<std::string>(in[0], words, unknown);
    }
    if (in[0].type() == ElementType::string) return type_error(in[0]);
    return encode_one_hot<int64_t>(TRY(convert(in[0], ElementType::int64)), numbers, unknown);
  });
}

// One way of writing a list: LabelEncoder has an attribute for each type of key and value, and since opset 4 a tensor.
Result<Tensor> read_list(Node& node, const std::string& prefix, const char* tensor_name) {
  if (node.has(tensor_name)) return node.tensor(tensor_name);
  if (node.has(prefix + "strings")) return vector_of(TRY(node.texts(prefix + "strings")));
  if (node.has(prefix + "int64s")) return vector_of(TRY(node.integers(prefix + "int64s")));
  if (node.has(prefix + "floats")) return vector_of(TRY(node.reals(prefix + "floats")));
  return data_error("it has no {}…", prefix);
}

Result<Tensor> read_default(Node& node, ElementType type) {
  const Tensor given = TRY(node.tensor("default_tensor"));
  const auto word = TRY(node.text("default_string", "_Unused"));
  const auto whole = TRY(node.integer("default_int64", -1));
  const auto real = TRY(node.real("default_float", -0.0F));
  if (given.type() != ElementType::undefined) {
    if (given.type() != type || given.size() != 1)
      return data_error("default_tensor is not one value of the values' type");
    return given.reshaped({1});
  }
  if (type == ElementType::string) return vector_of(std::vector{word});
  if (type == ElementType::int64) return vector_of(std::vector{whole});
  if (type == ElementType::float32) return vector_of(std::vector{real});
  return convert(vector_of(std::vector{whole}), type);
}

template <class Key, class Value>
Result<Kernel> make_label_kernel(const Tensor& keys, const Tensor& values, const Tensor& fallback) {
  Lookup<Key, Value> lookup;
  for (size_t i = 0; i < keys.size(); ++i) lookup.emplace(keys.values<Key>()[i], values.values<Value>()[i]);
  const ElementType key_type = keys.type();
  const ElementType value_type = values.type();
  return Kernel([=, other = Value(fallback.values<Value>()[0])](const Inputs& in) -> Result<Tensors> {
    if (in[0].type() != key_type) return type_error(in[0]);
    const auto labels = in[0].values<Key>();
    std::vector<Value> out;
    out.reserve(labels.size());
    for (const Key& label : labels) {
      const auto found = lookup.find(label);
      out.push_back(found == lookup.end() ? other : found->second);
    }
    return Tensors{Tensor(value_type, in[0].shape(), std::move(out))};
  });
}

template <class Visit>
Result<Kernel> visit_label_type(const Tensor& list, Visit visit) {
  switch (list.type()) {
    case ElementType::string: return visit(std::type_identity<std::string>{});
    case ElementType::int64: return visit(std::type_identity<int64_t>{});
    case ElementType::float32: return visit(std::type_identity<float>{});
    case ElementType::float64: return visit(std::type_identity<double>{});
    default: return type_error(list);
  }
}

Result<Kernel> map_labels(const Tensor& keys, const Tensor& values, const Tensor& fallback) {
  if (keys.size() != values.size()) return data_error("{} keys and {} values", keys.size(), values.size());
  return visit_label_type(keys, [&]<class Key>(std::type_identity<Key>) {
    return visit_label_type(values, [&]<class Value>(std::type_identity<Value>) {
      return make_label_kernel<Key, Value>(keys, values, fallback);
    });
  });
}

// Words to numbers or numbers to words, whichever the input is.
Result<Kernel> map_both_ways(const std::vector<std::string>& words, const std::vector<int64_t>& numbers, Node& node) {
  const Tensor word_list = vector_of(words);
  const Tensor number_list = vector_of(numbers);
  const Kernel to_number =
      TRY(map_labels(word_list, number_list, vector_of(std::vector{TRY(node.integer("default_int64", -1))})));
  const Kernel to_word =
      TRY(map_labels(number_list, word_list, vector_of(std::vector{TRY(node.text("default_string", "_Unused"))})));
  return Kernel([=](const Inputs& in) { return in[0].type() == ElementType::string ? to_number(in) : to_word(in); });
}

Result<Kernel> compile_label_encoder(Node& node) {
  if (node.opset() < 2) {
    const std::vector<std::string> words = TRY(node.texts("classes_strings"));
    std::vector<int64_t> numbers(words.size());
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int64_t>(i);
    return map_both_ways(words, numbers, node);
  }
  const Tensor keys = TRY(read_list(node, "keys_", "keys_tensor"));
  const Tensor values = TRY(read_list(node, "values_", "values_tensor"));
  return map_labels(keys, values, TRY(read_default(node, values.type())));
}

Result<Kernel> compile_category_mapper(Node& node) {
  return map_both_ways(TRY(node.texts("cats_strings")), TRY(node.integers("cats_int64s")), node);
}

// The matrix passes through; the plan keeps the class names with the graph's output (ValueSpec::classes).
Result<Kernel> compile_zip_map(Node& node) {
  const size_t classes =
      TRY(node.texts("classlabels_strings")).size() + TRY(node.integers("classlabels_int64s")).size();
  return Kernel([classes](const Inputs& in) -> Result<Tensors> {
    if (in[0].rank() == 0 || in[0].rank() > 2 || in[0].shape().back() != static_cast<int64_t>(classes)) {
      return data_error("{} classes do not fit the shape {}", classes, to_text(in[0].shape()));
    }
    return Tensors{in[0]};
  });
}

constexpr Operator kOperators[] = {
    {kMlDomain, "CategoryMapper", 1, 1, 1, compile_category_mapper},
    {kMlDomain, "LabelEncoder", 1, 1, 1, compile_label_encoder},
    {kMlDomain, "OneHotEncoder", 1, 1, 1, compile_one_hot},
    {kMlDomain, "ZipMap", 1, 1, 1, compile_zip_map},
};

}  // namespace

std::span<const Operator> category_operators() { return kOperators; }

}  // namespace aml::model
