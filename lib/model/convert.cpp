#include "model/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "model/element.h"
#include "model/float16.h"
#include "model/operator.h"
#include "text/numbers.h"

namespace aml::model {
namespace {

bool is_half(ElementType type) { return type == ElementType::float16 || type == ElementType::bfloat16; }

template <class To, class From>
To to_number(From value) {
  if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    // Through the widest integer first: -1.5 to uint8 is 255, as everywhere else.
    const auto wide = static_cast<double>(value);
    const bool fits = wide >= -0x1p63 && wide < 0x1p63;
    if constexpr (std::is_same_v<To, uint64_t>) {
      if (wide >= 0x1p63 && wide < 0x1p64) return static_cast<uint64_t>(wide);
    }
    if constexpr (std::is_same_v<To, int32_t>) {
      if (!(wide > -0x1p31 - 1 && wide < 0x1p31)) return std::numeric_limits<int32_t>::min();
    }
    return static_cast<To>(fits ? static_cast<int64_t>(wide) : std::numeric_limits<int64_t>::min());
  } else {
    return static_cast<To>(value);
  }
}

template <class From>
std::string to_string(From value) {
  if constexpr (std::is_floating_point_v<From>) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
    return std::string(buffer, end);
  } else {
    return std::to_string(value);
  }
}

Result<double> parse_number(const std::string& text) {
  std::string word = text;
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (word == "inf" || word == "+inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  if (const auto number = text::parse_double(text)) return *number;
  return data_error("'{}' is not a number", text);
}

template <class To>
Result<std::vector<To>> parse_all(std::span<const std::string> texts) {
  std::vector<To> out(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    if constexpr (std::is_integral_v<To>) {
      if (const auto whole = text::parse_int(texts[i])) {
        out[i] = static_cast<To>(*whole);
        continue;
      }
    }
    out[i] = to_number<To>(TRY(parse_number(texts[i])));
  }
  return out;
}

template <class From>
std::vector<std::string> to_strings(std::span<const From> values) {
  std::vector<std::string> out(values.size());
  std::transform(values.begin(), values.end(), out.begin(), to_string<From>);
  return out;
}

// The 16-bit kinds go through float.
Tensor widen(const Tensor& x) {
  const auto bits = x.values<uint16_t>();
  std::vector<float> out(bits.size());
  std::transform(bits.begin(), bits.end(), out.begin(),
                 x.type() == ElementType::float16 ? from_float16 : from_bfloat16);
  return Tensor(ElementType::float32, x.shape(), std::move(out));
}

Tensor narrow(const Tensor& x, ElementType type) {
  const auto values = x.values<float>();
  std::vector<uint16_t> out(values.size());
  std::transform(values.begin(), values.end(), out.begin(), type == ElementType::float16 ? to_float16 : to_bfloat16);
  return Tensor(type, x.shape(), std::move(out));
}

template <class From, class To>
Result<std::vector<To>> convert_all(const Tensor& x, ElementType type) {
  const auto in = x.values<From>();
  if constexpr (std::is_same_v<From, std::string>) {
    return parse_all<To>(in);
  } else {
    std::vector<To> out(in.size());
    const auto convert_one = [&](From value) {
      return type == ElementType::boolean ? static_cast<To>(value != From{0}) : to_number<To>(value);
    };
    std::transform(in.begin(), in.end(), out.begin(), convert_one);
    return out;
  }
}

}  // namespace

Result<Tensor> convert(const Tensor& tensor, ElementType type) {
  if (tensor.type() == type) return tensor;
  if (tensor.type() == ElementType::undefined || type == ElementType::undefined) return type_error(tensor);
  if (is_half(tensor.type())) return convert(widen(tensor), type);
  if (is_half(type)) return narrow(TRY(convert(tensor, ElementType::float32)), type);
  return visit_element(tensor.type(), [&]<class From>(std::type_identity<From>) {
    return visit_element(type, [&]<class To>(std::type_identity<To>) -> Result<Tensor> {
      if constexpr (std::is_same_v<To, From>) {
        const auto in = tensor.values<From>();
        std::vector<To> out(in.begin(), in.end());
        if constexpr (std::is_same_v<To, uint8_t>) {
          if (type == ElementType::boolean)
            std::transform(in.begin(), in.end(), out.begin(), [](To x) { return static_cast<To>(x != 0); });
        }
        return Tensor(type, tensor.shape(), std::move(out));
      } else if constexpr (std::is_same_v<To, std::string>) {
        return Tensor(type, tensor.shape(), to_strings(tensor.values<From>()));
      } else {
        return Tensor(type, tensor.shape(), TRY((convert_all<From, To>(tensor, type))));
      }
    });
  });
}

}  // namespace aml::model
