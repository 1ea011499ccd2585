// Kernels of boosted trees: histograms of binned rows, and dividing the rows of a node.
#include "kernel/levels/kernels.h"

namespace aml::kernel::AML_KERNEL_LEVEL {
namespace {

// How many rows ahead memory is asked for: a row of a deep node is a cache miss of about 100 ns, an addition 1 ns.
constexpr size_t kAhead = 16;

using Pair = int64_t __attribute__((vector_size(16), may_alias));
static_assert(sizeof(Pair) == sizeof(BinSum));

inline void add_row(const HistogramTask& task, size_t row, Pair* sums) {
  const uint8_t* bins = task.bins + row * task.width;
  const GradientPair& values = task.gradients[row];
  const Pair value = {values.gradient, values.hessian + task.count_unit};
  size_t f = 0;
  for (; f + 4 <= task.width; f += 4) {
    sums[task.offsets[f] + bins[f]] += value;
    sums[task.offsets[f + 1] + bins[f + 1]] += value;
    sums[task.offsets[f + 2] + bins[f + 2]] += value;
    sums[task.offsets[f + 3] + bins[f + 3]] += value;
  }
  for (; f < task.width; ++f) sums[task.offsets[f] + bins[f]] += value;
}

inline void prefetch_row(const HistogramTask& task, size_t row) {
  const uint8_t* bins = task.bins + row * task.width;
  __builtin_prefetch(bins);
  __builtin_prefetch(bins + task.width - 1);
  __builtin_prefetch(task.gradients + row);
}

}  // namespace

void histogram(const HistogramTask& task) {
  Pair* sums = reinterpret_cast<Pair*>(task.sums);
  if (task.rows == nullptr) {
    for (size_t row = 0; row < task.count; ++row) add_row(task, row, sums);
    return;
  }
  size_t i = 0;
  for (; i + kAhead < task.count; ++i) {
    prefetch_row(task, task.rows[i + kAhead]);
    add_row(task, task.rows[i], sums);
  }
  for (; i < task.count; ++i) add_row(task, task.rows[i], sums);
}

void add(int64_t* to, const int64_t* what, size_t count) {
  for (size_t i = 0; i < count; ++i) to[i] += what[i];
}

void subtract(int64_t* from, const int64_t* what, size_t count) {
  for (size_t i = 0; i < count; ++i) from[i] -= what[i];
}

// Both outputs are written for every row and one of the two positions moves on, which needs no branch.
size_t partition(const PartitionTask& task) {
  size_t left = 0;
  size_t right = 0;
  for (size_t i = 0; i < task.count; ++i) {
    if (i + kAhead < task.count) __builtin_prefetch(task.column + task.rows[i + kAhead] * task.stride);
    const uint32_t row = task.rows[i];
    const size_t is_left = task.goes_left[task.column[row * task.stride]];
    task.rows[left] = row;
    task.right[right] = row;
    left += is_left;
    right += 1 - is_left;
  }
  return left;
}

void add_at(double* values, const uint32_t* rows, size_t count, double amount) {
  for (size_t i = 0; i < count; ++i) values[rows[i]] += amount;
}

}  // namespace aml::kernel::AML_KERNEL_LEVEL
