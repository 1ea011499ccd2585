// Matrix products. Both go through one routine that keeps sums of the result's row in registers and cache.
#include <algorithm>

#include "model/broadcast.h"
#include "model/element.h"
#include "model/operators.h"

namespace aml::model {
namespace {

struct Sizes {
  size_t rows = 0;
  size_t inner = 0;
  size_t columns = 0;
};

template <class T>
using Sum = std::conditional_t<std::is_floating_point_v<T>, T, uint64_t>;  // integers wrap around

// out += a · b, all row-major.
template <class T>
void multiply_add(const T* a, const T* b, Sum<T>* out, Sizes n) {
  for (size_t i = 0; i < n.rows; ++i) {
    Sum<T>* row = out + i * n.columns;
    for (size_t k = 0; k < n.inner; ++k) {
      const auto factor = static_cast<Sum<T>>(a[i * n.inner + k]);
      const T* b_row = b + k * n.columns;
      for (size_t j = 0; j < n.columns; ++j) row[j] += factor * static_cast<Sum<T>>(b_row[j]);
    }
  }
}

template <class T>
std::vector<T> to_elements(std::vector<Sum<T>> sums) {
  if constexpr (std::is_same_v<T, Sum<T>>) {
    return sums;
  } else {
    std::vector<T> values(sums.size());
    std::transform(sums.begin(), sums.end(), values.begin(), [](Sum<T> sum) { return static_cast<T>(sum); });
    return values;
  }
}

// numpy's matmul: the last two axes are matrices, those before are broadcast; a vector on the left is a row, on the
// right a column, and the axis added for it goes again.
struct Product {
  Shape batch;    // broadcast shape of the leading axes
  Shape a_batch;  // leading axes of each side
  Shape b_batch;
  Sizes sizes;
  Shape result;
};

Result<Product> plan_product(const Tensor& left, const Tensor& right) {
  if (left.rank() == 0 || right.rank() == 0) return data_error("a scalar has no matrix product");
  Shape a = left.shape();
  Shape b = right.shape();
  if (left.rank() == 1) a.insert(a.begin(), 1);
  if (right.rank() == 1) b.push_back(1);
  if (a.back() != b[b.size() - 2]) {
    return data_error("shapes {} and {} do not go together", to_text(left.shape()), to_text(right.shape()));
  }
  Product product;
  product.a_batch.assign(a.begin(), a.end() - 2);
  product.b_batch.assign(b.begin(), b.end() - 2);
  product.batch = TRY(broadcast_shape(product.a_batch, product.b_batch));
  product.sizes = {static_cast<size_t>(a[a.size() - 2]), static_cast<size_t>(a.back()), static_cast<size_t>(b.back())};
  product.result = product.batch;
  if (left.rank() != 1) product.result.push_back(a[a.size() - 2]);
  if (right.rank() != 1) product.result.push_back(b.back());
  return product;
}

template <class T>
Result<Tensors> multiply(const Tensor& left, const Tensor& right) {
  Product product = TRY(plan_product(left, right));
  const Sizes n = product.sizes;
  std::vector<Sum<T>> sums(TRY(checked_count(product.result)));
  const T* a = left.values<T>().data();
  const T* b = right.values<T>().data();
  BroadcastWalk walk(product.batch, {&product.a_batch, &product.b_batch});
  for (BroadcastRun run; walk.next(run);) {
    for (size_t i = 0; i < run.count; ++i) {
      const auto at = [&](size_t k) { return run.at(k, i); };
      multiply_add<T>(a + at(0) * n.rows * n.inner, b + at(1) * n.inner * n.columns,
                      sums.data() + (run.begin + i) * n.rows * n.columns, n);
    }
  }
  return Tensors{Tensor(left.type(), std::move(product.result), to_elements<T>(std::move(sums)))};
}

Result<Kernel> compile_matmul(Node&) {
  return Kernel([](const Inputs& in) -> Result<Tensors> {
    if (!is_computable(in[0].type()) || in[0].type() != in[1].type()) return type_error(in[1]);
    return visit_number(in[0].type(), [&]<class T>(std::type_identity<T>) { return multiply<T>(in[0], in[1]); });
  });
}

struct GemmSettings {
  float alpha = 1;
  float beta = 1;
  bool transposes_a = false;
  bool transposes_b = false;
};

template <class T>
std::vector<T> transposed(const Tensor& x) {
  const auto in = x.values<T>();
  const auto rows = static_cast<size_t>(x.shape()[0]);
  const auto columns = static_cast<size_t>(x.shape()[1]);
  std::vector<T> out(in.size());
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) out[j * rows + i] = in[i * columns + j];
  }
  return out;
}

template <class T>
Tensor as_left(const Tensor& x, bool transposes) {
  if (!transposes) return x;
  return Tensor(x.type(), {x.shape()[1], x.shape()[0]}, transposed<T>(x));
}

// alpha · A · B + beta · C
template <class T>
Result<Tensors> gemm(const Inputs& in, const GemmSettings& settings) {
  if (in[0].rank() != 2 || in[1].rank() != 2) return data_error("the inputs are no matrices");
  const Tensor a = as_left<T>(in[0], settings.transposes_a);
  const Tensor b = as_left<T>(in[1], settings.transposes_b);
  Tensor product = std::move(TRY(multiply<T>(a, b)).front());
  const T alpha = static_cast<T>(settings.alpha);
  const T beta = static_cast<T>(settings.beta);
  const Tensor* c = in.find(2);
  const Tensor zero(product.type(), {}, std::vector<T>{T{0}});
  const Tensor& addend = c == nullptr ? zero : *c;
  if (addend.type() != product.type()) return type_error(addend);
  if (TRY(broadcast_shape(product.shape(), addend.shape())) != product.shape()) {
    return data_error("shape {} does not stretch to {}", to_text(addend.shape()), to_text(product.shape()));
  }
  return Tensors{TRY((combine<T, T, T>(product.type(), product, addend,
                                       [=](T x, T y) { return static_cast<T>(alpha * x + beta * y); })))};
}

Result<Kernel> compile_gemm(Node& node) {
  GemmSettings settings;
  settings.alpha = TRY(node.real("alpha", 1));
  settings.beta = TRY(node.real("beta", 1));
  settings.transposes_a = TRY(node.integer("transA", 0)) != 0;
  settings.transposes_b = TRY(node.integer("transB", 0)) != 0;
  return Kernel([settings](const Inputs& in) -> Result<Tensors> {
    if (in[0].type() != in[1].type()) return type_error(in[1]);
    if (in[0].type() == ElementType::float32) return gemm<float>(in, settings);
    if (in[0].type() == ElementType::float64) return gemm<double>(in, settings);
    return type_error(in[0]);
  });
}

constexpr Operator kOperators[] = {
    {"", "Gemm", 7, 2, 3, compile_gemm},
    {"", "MatMul", 1, 2, 2, compile_matmul},
};

}  // namespace

std::span<const Operator> matrix_operators() { return kOperators; }

}  // namespace aml::model
