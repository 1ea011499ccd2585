// Operators on one tensor, element by element. An element function is a template over the number type; the table below
// says which types it is defined for.
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

template <class T, class Out, class Function>
Tensor map_elements(const Tensor& input, ElementType out_type, Function function) {
  const auto in = input.values<T>();
  std::vector<Out> out(in.size());
  std::transform(in.begin(), in.end(), out.begin(), function);
  return Tensor(out_type, input.shape(), std::move(out));
}

// function(T) → T for float and double.
template <class Function>
Kernel real_kernel(Function function) {
  return [function](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    if (x.type() == ElementType::float32) return Tensors{map_elements<float, float>(x, x.type(), function)};
    if (x.type() == ElementType::float64) return Tensors{map_elements<double, double>(x, x.type(), function)};
    return type_error(x);
  };
}

// function(T) → T for every number type.
template <class Function>
Kernel number_kernel(Function function) {
  return [function](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    if (!is_computable(x.type())) return type_error(x);
    return visit_number(x.type(), [&]<class T>(std::type_identity<T>) {
      return Tensors{map_elements<T, T>(x, x.type(), [&](T value) { return static_cast<T>(function(value)); })};
    });
  };
}

// function(T) → bool for float and double.
template <class Function>
Kernel test_kernel(Function function) {
  return [function](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    const auto test = [&](auto value) { return static_cast<uint8_t>(function(value)); };
    if (x.type() == ElementType::float32) return Tensors{map_elements<float, uint8_t>(x, ElementType::boolean, test)};
    if (x.type() == ElementType::float64) return Tensors{map_elements<double, uint8_t>(x, ElementType::boolean, test)};
    return type_error(x);
  };
}

constexpr auto kExp = [](auto x) { return std::exp(x); };
constexpr auto kLog = [](auto x) { return std::log(x); };
constexpr auto kSqrt = [](auto x) { return std::sqrt(x); };
constexpr auto kTanh = [](auto x) { return std::tanh(x); };
constexpr auto kFloor = [](auto x) { return std::floor(x); };
constexpr auto kCeil = [](auto x) { return std::ceil(x); };
constexpr auto kRound = [](auto x) { return std::nearbyint(x); };  // halves to even
constexpr auto kReciprocal = [](auto x) { return decltype(x){1} / x; };
constexpr auto kErf = [](auto x) { return std::erf(x); };
constexpr auto kSin = [](auto x) { return std::sin(x); };
constexpr auto kCos = [](auto x) { return std::cos(x); };
constexpr auto kTan = [](auto x) { return std::tan(x); };
constexpr auto kAsin = [](auto x) { return std::asin(x); };
constexpr auto kAcos = [](auto x) { return std::acos(x); };
constexpr auto kAtan = [](auto x) { return std::atan(x); };
constexpr auto kSinh = [](auto x) { return std::sinh(x); };
constexpr auto kCosh = [](auto x) { return std::cosh(x); };
constexpr auto kAsinh = [](auto x) { return std::asinh(x); };
constexpr auto kAcosh = [](auto x) { return std::acosh(x); };
constexpr auto kAtanh = [](auto x) { return std::atanh(x); };
constexpr auto kSoftsign = [](auto x) { return x / (1 + std::abs(x)); };

// Written so that neither side overflows.
constexpr auto kSigmoid = [](auto x) {
  using T = decltype(x);
  if (x >= 0) return T{1} / (T{1} + std::exp(-x));
  const T e = std::exp(x);
  return e / (T{1} + e);
};
constexpr auto kSoftplus = [](auto x) {
  using T = decltype(x);
  return std::max(x, T{0}) + std::log1p(std::exp(-std::abs(x)));
};

constexpr auto kRelu = [](auto x) { return x < decltype(x){0} ? decltype(x){0} : x; };  // NaN stays NaN
constexpr auto kSign = [](auto x) {
  using T = decltype(x);
  return static_cast<T>(static_cast<int>(x > T{0}) - static_cast<int>(x < T{0}));
};
// Integers wrap around, so that the smallest one is no undefined behaviour.
constexpr auto kNeg = [](auto x) {
  using T = decltype(x);
  if constexpr (std::is_floating_point_v<T>) return -x;
  else return static_cast<T>(uint64_t{0} - static_cast<uint64_t>(x));
};
constexpr auto kAbs = [](auto x) {
  using T = decltype(x);
  if constexpr (std::is_floating_point_v<T>) return std::abs(x);
  else return x < T{0} ? kNeg(x) : x;
};

template <const auto& kFunction>
Result<Kernel> compile_real(Node&) {
  return real_kernel(kFunction);
}
template <const auto& kFunction>
Result<Kernel> compile_number(Node&) {
  return number_kernel(kFunction);
}

Result<Kernel> compile_is_nan(Node&) {
  return test_kernel([](auto x) { return std::isnan(x); });
}

Result<Kernel> compile_is_inf(Node& node) {
  const bool finds_positive = TRY(node.integer("detect_positive", 1)) != 0;
  const bool finds_negative = TRY(node.integer("detect_negative", 1)) != 0;
  return test_kernel([=](auto x) { return std::isinf(x) && ((x > 0 && finds_positive) || (x < 0 && finds_negative)); });
}

Result<Kernel> compile_not(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (in[0].type() != ElementType::boolean) return type_error(in[0]);
    return Tensors{map_elements<uint8_t, uint8_t>(in[0], ElementType::boolean,
                                                  [](uint8_t x) { return static_cast<uint8_t>(x == 0); })};
  });
}

// The activations with parameters take them as float, whatever the tensor's type.
Result<Kernel> compile_leaky_relu(Node& node) {
  const float alpha = TRY(node.real("alpha", 0.01F));
  return real_kernel([alpha](auto x) { return x < 0 ? static_cast<decltype(x)>(alpha) * x : x; });
}

Result<Kernel> compile_elu(Node& node) {
  const float alpha = TRY(node.real("alpha", 1.0F));
  return real_kernel([alpha](auto x) { return x < 0 ? static_cast<decltype(x)>(alpha) * std::expm1(x) : x; });
}

Result<Kernel> compile_selu(Node& node) {
  const float alpha = TRY(node.real("alpha", 1.67326319217681884765625F));
  const float gamma = TRY(node.real("gamma", 1.05070102214813232421875F));
  return real_kernel([alpha, gamma](auto x) {
    using T = decltype(x);
    return static_cast<T>(gamma) * (x > 0 ? x : static_cast<T>(alpha) * std::expm1(x));
  });
}

Result<Kernel> compile_hard_sigmoid(Node& node) {
  const float alpha = TRY(node.real("alpha", 0.2F));
  const float beta = TRY(node.real("beta", 0.5F));
  return real_kernel([alpha, beta](auto x) {
    using T = decltype(x);
    return std::clamp(static_cast<T>(alpha) * x + static_cast<T>(beta), T{0}, T{1});
  });
}

Result<Kernel> compile_thresholded_relu(Node& node) {
  const float alpha = TRY(node.real("alpha", 1.0F));
  return real_kernel([alpha](auto x) { return x > static_cast<decltype(x)>(alpha) ? x : decltype(x){0}; });
}

// Clip has its bounds as attributes before opset 11 and as optional inputs after.
template <class T>
Tensor clip(const Tensor& x, T low, T high) {
  return map_elements<T, T>(x, x.type(), [=](T value) { return std::min(std::max(value, low), high); });
}

Result<Kernel> compile_old_clip(Node& node) {
  const float low = TRY(node.real("min", std::numeric_limits<float>::lowest()));
  const float high = TRY(node.real("max", std::numeric_limits<float>::max()));
  return Kernel([low, high](const Inputs& in) -> Result<Tensors> {
    if (in[0].type() == ElementType::float32) return Tensors{clip<float>(in[0], low, high)};
    if (in[0].type() == ElementType::float64) return Tensors{clip<double>(in[0], low, high)};
    return type_error(in[0]);
  });
}

template <class T>
Result<T> bound(const Inputs& in, size_t index, T fallback) {
  const Tensor* tensor = in.find(index);
  if (tensor == nullptr) return fallback;
  if (tensor->type() != in[0].type()) return type_error(*tensor);
  if (tensor->size() != 1) return data_error("a bound has the shape {}", to_text(tensor->shape()));
  return tensor->values<T>()[0];
}

Result<Kernel> compile_clip(Node& node) {
  if (node.opset() < 11) return compile_old_clip(node);
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    return visit_number(in[0].type(), [&]<class T>(std::type_identity<T>) -> Result<Tensors> {
      const T low = TRY(bound<T>(in, 1, std::numeric_limits<T>::lowest()));
      const T high = TRY(bound<T>(in, 2, std::numeric_limits<T>::max()));
      return Tensors{clip<T>(in[0], low, high)};
    });
  });
}

constexpr Operator kOperators[] = {
    {"", "Abs", 6, 1, 1, compile_number<kAbs>},
    {"", "Acos", 7, 1, 1, compile_real<kAcos>},
    {"", "Acosh", 9, 1, 1, compile_real<kAcosh>},
    {"", "Asin", 7, 1, 1, compile_real<kAsin>},
    {"", "Asinh", 9, 1, 1, compile_real<kAsinh>},
    {"", "Atan", 7, 1, 1, compile_real<kAtan>},
    {"", "Atanh", 9, 1, 1, compile_real<kAtanh>},
    {"", "Ceil", 6, 1, 1, compile_real<kCeil>},
    {"", "Clip", 6, 1, 3, compile_clip},
    {"", "Cos", 7, 1, 1, compile_real<kCos>},
    {"", "Cosh", 9, 1, 1, compile_real<kCosh>},
    {"", "Elu", 6, 1, 1, compile_elu},
    {"", "Erf", 9, 1, 1, compile_real<kErf>},
    {"", "Exp", 6, 1, 1, compile_real<kExp>},
    {"", "Floor", 6, 1, 1, compile_real<kFloor>},
    {"", "HardSigmoid", 6, 1, 1, compile_hard_sigmoid},
    {"", "IsInf", 10, 1, 1, compile_is_inf},
    {"", "IsNaN", 9, 1, 1, compile_is_nan},
    {"", "LeakyRelu", 6, 1, 1, compile_leaky_relu},
    {"", "Log", 6, 1, 1, compile_real<kLog>},
    {"", "Neg", 6, 1, 1, compile_number<kNeg>},
    {"", "Not", 1, 1, 1, compile_not},
    {"", "Reciprocal", 6, 1, 1, compile_real<kReciprocal>},
    {"", "Relu", 6, 1, 1, compile_number<kRelu>},
    {"", "Round", 11, 1, 1, compile_real<kRound>},
    {"", "Selu", 6, 1, 1, compile_selu},
    {"", "Sigmoid", 6, 1, 1, compile_real<kSigmoid>},
    {"", "Sign", 9, 1, 1, compile_number<kSign>},
    {"", "Sin", 7, 1, 1, compile_real<kSin>},
    {"", "Sinh", 9, 1, 1, compile_real<kSinh>},
    {"", "Softplus", 1, 1, 1, compile_real<kSoftplus>},
    {"", "Softsign", 1, 1, 1, compile_real<kSoftsign>},
    {"", "Sqrt", 6, 1, 1, compile_real<kSqrt>},
    {"", "Tan", 7, 1, 1, compile_real<kTan>},
    {"", "Tanh", 6, 1, 1, compile_real<kTanh>},
    {"", "ThresholdedRelu", 10, 1, 1, compile_thresholded_relu},
};

}  // namespace

std::span<const Operator> unary_operators() { return kOperators; }

}  // namespace aml::model
