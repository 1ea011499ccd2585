// ai.onnx.ml operators that shape features: Scaler, Normalizer, Imputer, Binarizer, FeatureVectorizer,
// ArrayFeatureExtractor.
#include <algorithm>
#include <cmath>

#include "model/axis.h"
#include "model/convert.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

// The operators here treat the last axis as the features, and a vector as one row.
struct Rows {
  size_t count = 0;
  size_t width = 0;
};
Rows rows_of(const Tensor& x) {
  if (x.rank() == 0) return {1, 1};
  const auto width = static_cast<size_t>(x.shape().back());
  return {width == 0 ? 0 : x.size() / width, width};
}

// (x - offset) * scale, in float as the operator defines.
Result<Kernel> compile_scaler(Node& node) {
  const std::vector<float> offsets = TRY(node.reals("offset"));
  const std::vector<float> scales = TRY(node.reals("scale"));
  if (offsets.empty() || scales.empty()) return data_error("offset or scale is missing");
  return Kernel([offsets, scales](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    const Rows rows = rows_of(in[0]);
    const auto fits = [&](const std::vector<float>& values) {
      return values.size() == 1 || values.size() == rows.width;
    };
    if (!fits(offsets) || !fits(scales)) return data_error("offset and scale do not fit {} features", rows.width);
    const Tensor x = TRY(convert(in[0], ElementType::float64));
    const auto values = x.values<double>();
    std::vector<float> out(values.size());
    for (size_t i = 0; i < out.size(); ++i) {
      const size_t feature = i % rows.width;
      const float offset = offsets[offsets.size() == 1 ? 0 : feature];
      const float scale = scales[scales.size() == 1 ? 0 : feature];
      out[i] = static_cast<float>((values[i] - static_cast<double>(offset)) * static_cast<double>(scale));
    }
    return Tensors{Tensor(ElementType::float32, in[0].shape(), std::move(out))};
  });
}

enum class Norm : uint8_t { max, l1, l2 };

// A row of zeros stays as it is.
double norm_of(std::span<const double> row, Norm norm) {
  double result = norm == Norm::max ? row.front() : 0;
  for (const double x : row) {
    if (norm == Norm::max) result = std::max(result, x);
    if (norm == Norm::l1) result += std::abs(x);
    if (norm == Norm::l2) result += x * x;
  }
  if (norm == Norm::l2) result = std::sqrt(result);
  return result == 0 ? 1 : result;
}

Result<Norm> parse_norm(const std::string& name) {
  if (name == "MAX") return Norm::max;
  if (name == "L1") return Norm::l1;
  if (name == "L2") return Norm::l2;
  return data_error("norm '{}' is not defined", name);
}

Result<Kernel> compile_normalizer(Node& node) {
  const Norm norm = TRY(parse_norm(TRY(node.text("norm", "MAX"))));
  return Kernel([norm](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    const Rows rows = rows_of(in[0]);
    const Tensor x = TRY(convert(in[0], ElementType::float64));
    const auto values = x.values<double>();
    std::vector<float> out(values.size());
    for (size_t row = 0; row < rows.count; ++row) {
      const auto line = values.subspan(row * rows.width, rows.width);
      const double divisor = norm_of(line, norm);
      std::transform(line.begin(), line.end(), out.begin() + static_cast<int64_t>(row * rows.width),
                     [divisor](double value) { return static_cast<float>(value / divisor); });
    }
    return Tensors{Tensor(ElementType::float32, in[0].shape(), std::move(out))};
  });
}

template <class T>
Result<Tensors> impute(const Tensor& x, const std::vector<T>& imputed, T replaced) {
  const Rows rows = rows_of(x);
  if (imputed.size() != 1 && imputed.size() != rows.width) {
    return data_error("{} imputed values do not fit {} features", imputed.size(), rows.width);
  }
  const auto values = x.values<T>();
  std::vector<T> out(values.begin(), values.end());
  for (size_t i = 0; i < out.size(); ++i) {
    const bool is_replaced = replaced != replaced ? out[i] != out[i] : out[i] == replaced;
    if (is_replaced) out[i] = imputed[imputed.size() == 1 ? 0 : i % rows.width];
  }
  return Tensors{Tensor(x.type(), x.shape(), std::move(out))};
}

Result<Kernel> compile_imputer(Node& node) {
  const std::vector<float> floats = TRY(node.reals("imputed_value_floats"));
  const std::vector<int64_t> ints = TRY(node.integers("imputed_value_int64s"));
  const float replaced_float = TRY(node.real("replaced_value_float", 0));
  const int64_t replaced_int = TRY(node.integer("replaced_value_int64", 0));
  return Kernel([=](const Inputs& in) -> Result<Tensors> {
    const Tensor& x = in[0];
    if (x.type() == ElementType::float32) return impute<float>(x, floats, replaced_float);
    if (x.type() == ElementType::int64) return impute<int64_t>(x, ints, replaced_int);
    if (x.type() == ElementType::float64) {
      return impute<double>(x, std::vector<double>(floats.begin(), floats.end()), static_cast<double>(replaced_float));
    }
    return type_error(x);
  });
}

Result<Kernel> compile_binarizer(Node& node) {
  const float threshold = TRY(node.real("threshold", 0));
  return Kernel([threshold](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type())) return type_error(in[0]);
    return visit_number(in[0].type(), [&]<class T>(std::type_identity<T>) {
      const auto values = in[0].values<T>();
      std::vector<T> out(values.size());
      std::transform(values.begin(), values.end(), out.begin(),
                     [&](T x) { return static_cast<double>(x) > static_cast<double>(threshold) ? T{1} : T{0}; });
      return Tensors{Tensor(in[0].type(), in[0].shape(), std::move(out))};
    });
  });
}

// Puts the features of all inputs side by side, as float; each input fills the width it was given, cut or padded.
Result<Kernel> compile_feature_vectorizer(Node& node) {
  const std::vector<int64_t> widths = TRY(node.integers("inputdimensions"));
  return Kernel([widths](const Inputs& in) -> Result<Tensors> {
    if (widths.size() != in.size()) return data_error("inputdimensions does not name every input");
    std::vector<Tensor> parts;
    int64_t total = 0;
    for (size_t i = 0; i < in.size(); ++i) {
      if (in.find(i) == nullptr || !is_computable(in[i].type())) return data_error("input {} is no number", i + 1);
      if (widths[i] < 0 || __builtin_add_overflow(total, widths[i], &total)) return data_error("impossible width");
      parts.push_back(TRY(convert(in[i], ElementType::float32)));
      if (rows_of(in[i]).count != rows_of(in[0]).count) return data_error("the inputs have different numbers of rows");
    }
    const size_t rows = rows_of(in[0]).count;
    const Shape shape = {static_cast<int64_t>(rows), total};
    std::vector<float> out(TRY(checked_count(shape)), 0.0F);
    auto at = out.begin();
    for (size_t row = 0; row < rows; ++row) {
      for (size_t i = 0; i < parts.size(); at += widths[i], ++i) {
        const size_t width = rows_of(parts[i]).width;
        const auto line =
            parts[i].values<float>().subspan(row * width, std::min(width, static_cast<size_t>(widths[i])));
        std::copy(line.begin(), line.end(), at);
      }
    }
    return Tensors{Tensor(ElementType::float32, shape, std::move(out))};
  });
}

// Columns of the last axis by number; a vector counts as one row.
Result<Kernel> compile_array_feature_extractor(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (in[0].rank() == 0) return data_error("a scalar has no features");
    const std::vector<int64_t> columns = TRY(read_integers(in[1].reshaped({static_cast<int64_t>(in[1].size())})));
    const Rows rows = rows_of(in[0]);
    for (const int64_t column : columns) {
      if (column < 0 || column >= static_cast<int64_t>(rows.width)) return data_error("there is no feature {}", column);
    }
    Shape shape = in[0].rank() == 1 ? Shape{1, 0} : in[0].shape();
    shape.back() = static_cast<int64_t>(columns.size());
    TRY(checked_count(shape));
    return visit_element(in[0].type(), [&]<class T>(std::type_identity<T>) {
      const auto values = in[0].values<T>();
      std::vector<T> out;
      for (size_t row = 0; row < rows.count; ++row) {
        for (const int64_t column : columns) out.push_back(values[row * rows.width + static_cast<size_t>(column)]);
      }
      return Tensors{Tensor(in[0].type(), std::move(shape), std::move(out))};
    });
  });
}

constexpr Operator kOperators[] = {
    {kMlDomain, "ArrayFeatureExtractor", 1, 2, 2, compile_array_feature_extractor},
    {kMlDomain, "Binarizer", 1, 1, 1, compile_binarizer},
    {kMlDomain, "FeatureVectorizer", 1, 1, kAnyNumber, compile_feature_vectorizer},
    {kMlDomain, "Imputer", 1, 1, 1, compile_imputer},
    {kMlDomain, "Normalizer", 1, 1, 1, compile_normalizer},
    {kMlDomain, "Scaler", 1, 1, 1, compile_scaler},
};

}  // namespace

std::span<const Operator> feature_operators() { return kOperators; }

}  // namespace aml::model
