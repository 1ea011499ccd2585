// Operators on several tensors, element by element, with broadcasting.
#include <algorithm>
#include <cmath>

#include "model/broadcast.h"
#include "model/convert.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

// Signed integers wrap around like unsigned ones: overflow is no undefined behaviour here.
template <class T, class Function>
T wrapping(T a, T b, Function function) {
  if constexpr (std::is_floating_point_v<T>) return function(a, b);
  else return static_cast<T>(function(static_cast<uint64_t>(a), static_cast<uint64_t>(b)));
}

constexpr auto kAdd = []<class T>(T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x + y; }); };
constexpr auto kSub = []<class T>(T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x - y; }); };
constexpr auto kMul = []<class T>(T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x * y; }); };
constexpr auto kDiv = []<class T>(T a, T b) -> T {
  if constexpr (std::is_floating_point_v<T>) return a / b;
  else if constexpr (std::is_signed_v<T>)
    return b == -1 ? wrapping(T{0}, a, [](auto x, auto y) { return x - y; }) : static_cast<T>(a / b);
  else return static_cast<T>(a / b);
};
// Mod with fmod=0 has the sign of the divisor, as in Python.
constexpr auto kMod = []<class T>(T a, T b) -> T {
  if constexpr (std::is_signed_v<T>) {
    if (b == -1) return 0;
    const T rest = static_cast<T>(a % b);
    return rest != 0 && (rest < 0) != (b < 0) ? static_cast<T>(rest + b) : rest;
  } else {
    return static_cast<T>(a % b);
  }
};
constexpr auto kFmod = []<class T>(T a, T b) -> T {
  if constexpr (std::is_floating_point_v<T>) return std::fmod(a, b);
  else if constexpr (std::is_signed_v<T>) return b == -1 ? T{0} : static_cast<T>(a % b);
  else return static_cast<T>(a % b);
};
// NaN wins on either side, as numpy's minimum and maximum have it.
constexpr auto kMin = []<class T>(T a, T b) -> T { return a < b || a != a ? a : b; };
constexpr auto kMax = []<class T>(T a, T b) -> T { return a > b || a != a ? a : b; };

constexpr auto kEqual = [](const auto& a, const auto& b) { return a == b; };
constexpr auto kLess = [](const auto& a, const auto& b) { return a < b; };
constexpr auto kLessOrEqual = [](const auto& a, const auto& b) { return a <= b; };
constexpr auto kGreater = [](const auto& a, const auto& b) { return a > b; };
constexpr auto kGreaterOrEqual = [](const auto& a, const auto& b) { return a >= b; };
constexpr auto kAnd = [](uint8_t a, uint8_t b) { return (a & b) != 0; };
constexpr auto kOr = [](uint8_t a, uint8_t b) { return (a | b) != 0; };
constexpr auto kXor = [](uint8_t a, uint8_t b) { return a != b; };

Status check_same_type(const Tensor& a, const Tensor& b) {
  if (a.type() == b.type()) return {};
  return data_error("the inputs have different types, {} and {}", name_of(a.type()), name_of(b.type()));
}

template <class Function>
Result<Tensor> combine_numbers(const Tensor& a, const Tensor& b, Function function) {
  TRY(check_same_type(a, b));
  if (!is_computable(a.type())) return type_error(a);
  return visit_number(a.type(),
                      [&]<class T>(std::type_identity<T>) { return combine<T, T, T>(a.type(), a, b, function); });
}

template <const auto& kFunction>
Result<Kernel> compile_numbers(Node&) {
  return Kernel(
      [](const Inputs& in) -> Result<Tensors> { return Tensors{TRY(combine_numbers(in[0], in[1], kFunction))}; });
}

// Integers have no value for x / 0.
Status check_divisor(const Tensor& divisor) {
  if (!is_computable(divisor.type()) || is_floating(divisor.type())) return {};
  return visit_number(divisor.type(), [&]<class T>(std::type_identity<T>) -> Status {
    const auto values = divisor.values<T>();
    if (std::find(values.begin(), values.end(), T{0}) == values.end()) return {};
    return data_error("integer division by zero");
  });
}

Result<Kernel> compile_div(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    TRY(check_divisor(in[1]));
    return Tensors{TRY(combine_numbers(in[0], in[1], kDiv))};
  });
}

Result<Kernel> compile_mod(Node& node) {
  const bool is_fmod = TRY(node.integer("fmod", 0)) != 0;
  return Kernel([is_fmod](const Inputs& in) -> Result<Tensors> {
    TRY(check_divisor(in[1]));
    if (is_fmod) return Tensors{TRY(combine_numbers(in[0], in[1], kFmod))};
    TRY(check_same_type(in[0], in[1]));
    if (!is_computable(in[0].type()) || is_floating(in[0].type())) return type_error(in[0]);
    return visit_number(in[0].type(), [&]<class T>(std::type_identity<T>) -> Result<Tensors> {
      if constexpr (std::is_floating_point_v<T>) return type_error(in[0]);
      else return Tensors{TRY((combine<T, T, T>(in[0].type(), in[0], in[1], kMod)))};
    });
  });
}

// Exponentiation by squaring; wraps around. A negative exponent of an integer truncates towards zero.
template <class T>
T integer_power(T base, int64_t exponent) {
  if (exponent < 0) return base == T{1} ? T{1} : base == static_cast<T>(-1) ? (exponent % 2 ? base : T{1}) : T{0};
  T result{1};
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = kMul(result, base);
    base = kMul(base, base);
  }
  return result;
}

constexpr auto kPow = []<class A, class B>(A base, B exponent) -> A {
  if constexpr (std::is_floating_point_v<A>) return std::pow(base, exponent);
  else if constexpr (std::is_floating_point_v<B>) {
    const double power = std::pow(static_cast<double>(base), exponent);
    return std::abs(power) < 0x1p53 ? static_cast<A>(static_cast<int64_t>(power)) : A{0};
  } else {
    return integer_power(base, exponent);
  }
};

// Few types of exponents stand for all of them: each pair of types is code of its own.
ElementType exponent_type(const Tensor& base, const Tensor& exponent) {
  if (is_floating(base.type())) return base.type();
  return is_floating(exponent.type()) ? ElementType::float64 : ElementType::int64;
}

template <class A>
Result<Tensors> raise(const Tensor& base, const Tensor& exponent) {
  if constexpr (std::is_floating_point_v<A>) return Tensors{TRY((combine<A, A, A>(base.type(), base, exponent, kPow)))};
  else if (exponent.type() == ElementType::float64)
    return Tensors{TRY((combine<A, A, double>(base.type(), base, exponent, kPow)))};
  else return Tensors{TRY((combine<A, A, int64_t>(base.type(), base, exponent, kPow)))};
}

Result<Kernel> compile_pow(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    if (!is_computable(in[1].type())) return type_error(in[1]);
    const Tensor exponent = TRY(convert(in[1], exponent_type(in[0], in[1])));
    return visit_number(in[0].type(), [&]<class A>(std::type_identity<A>) { return raise<A>(in[0], exponent); });
  });
}

template <const auto& kTest>
Result<Kernel> compile_comparison(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    TRY(check_same_type(in[0], in[1]));
    if (is_floating(in[0].type()) && !is_computable(in[0].type())) return type_error(in[0]);
    return visit_element(in[0].type(), [&]<class T>(std::type_identity<T>) -> Result<Tensors> {
      return Tensors{TRY((combine<uint8_t, T, T>(ElementType::boolean, in[0], in[1], [](const T& a, const T& b) {
        return static_cast<uint8_t>(kTest(a, b));
      })))};
    });
  });
}

template <const auto& kFunction>
Result<Kernel> compile_logic(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    TRY(check_same_type(in[0], in[1]));
    if (in[0].type() != ElementType::boolean) return type_error(in[0]);
    return Tensors{
        TRY((combine<uint8_t, uint8_t, uint8_t>(ElementType::boolean, in[0], in[1], [](uint8_t a, uint8_t b) {
          return static_cast<uint8_t>(kFunction(a, b));
        })))};
  });
}

template <const auto& kFunction>
Result<Tensor> fold(const Inputs& in) {
  Tensor result = in[0];
  if (!is_computable(result.type())) return type_error(result);
  for (size_t i = 1; i < in.size(); ++i) {
    if (in.find(i) == nullptr) return data_error("input {} is missing", i + 1);
    result = TRY(combine_numbers(result, in[i], kFunction));
  }
  return result;
}

template <const auto& kFunction>
Result<Kernel> compile_fold(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> { return Tensors{TRY(fold<kFunction>(in))}; });
}

Result<Kernel> compile_mean(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    const Tensor sum = TRY(fold<kAdd>(in));
    const auto count = static_cast<float>(in.size());
    if (sum.type() == ElementType::float32)
      return Tensors{TRY(combine_numbers(sum, Tensor(sum.type(), {}, std::vector{count}), kDiv))};
    if (sum.type() == ElementType::float64) return Tensors{TRY(combine_numbers(sum, scalar(count), kDiv))};
    return type_error(sum);
  });
}

Result<Kernel> compile_prelu(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    const auto leak = [](auto x, auto slope) { return x < 0 ? kMul(x, slope) : x; };
    return Tensors{TRY(combine_numbers(in[0], in[1], leak))};
  });
}

constexpr Operator kOperators[] = {
    {"", "Add", 7, 2, 2, compile_numbers<kAdd>},
    {"", "And", 7, 2, 2, compile_logic<kAnd>},
    {"", "Div", 7, 2, 2, compile_div},
    {"", "Equal", 7, 2, 2, compile_comparison<kEqual>},
    {"", "Greater", 7, 2, 2, compile_comparison<kGreater>},
    {"", "GreaterOrEqual", 12, 2, 2, compile_comparison<kGreaterOrEqual>},
    {"", "Less", 7, 2, 2, compile_comparison<kLess>},
    {"", "LessOrEqual", 12, 2, 2, compile_comparison<kLessOrEqual>},
    {"", "Max", 8, 1, kAnyNumber, compile_fold<kMax>},
    {"", "Mean", 8, 1, kAnyNumber, compile_mean},
    {"", "Min", 8, 1, kAnyNumber, compile_fold<kMin>},
    {"", "Mod", 10, 2, 2, compile_mod},
    {"", "Mul", 7, 2, 2, compile_numbers<kMul>},
    {"", "Or", 7, 2, 2, compile_logic<kOr>},
    {"", "PRelu", 9, 2, 2, compile_prelu},
    {"", "Pow", 7, 2, 2, compile_pow},
    {"", "Sub", 7, 2, 2, compile_numbers<kSub>},
    {"", "Sum", 8, 1, kAnyNumber, compile_fold<kAdd>},
    {"", "Xor", 7, 2, 2, compile_logic<kXor>},
};

}  // namespace

std::span<const Operator> binary_operators() { return kOperators; }

}  // namespace aml::model
