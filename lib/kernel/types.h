// The plain records that kernels share with their callers. Sources compiled for a higher level include this header,
// so it must define no function: an inline function compiled with AVX-512 could be the copy the linker keeps.
#pragma once

#include <cstddef>
#include <cstdint>

namespace aml::kernel {

// Gradient and hessian of one row in fixed point. The hessian is never negative.
struct GradientPair {
  int32_t gradient;
  int32_t hessian;
};

// Sums of one histogram bin. Integers, so that any order of addition gives the same bits. The second word holds two
// sums, count << shift | hessian: each row adds `count_unit` = 1 << shift to it besides its hessian.
struct BinSum {
  int64_t gradient;
  int64_t hessian_count;
};

// Real numbers times these powers of two are the fixed-point numbers of GradientPair.
struct GradientScale {
  double gradient;
  double hessian;
};

// Training loss and hits over some rows.
struct LossSum {
  double loss;
  uint64_t correct;
};

// Rows of a dense linear tile: features lie one after another, each with this many float values.
inline constexpr size_t kTileRows = 128;

struct HistogramTask {
  const uint8_t* bins;            // row r, feature f of the group: bins[r * width + f]
  size_t width;                   // features in the group
  const uint32_t* offsets;        // where the bins of feature f start in `sums`
  const GradientPair* gradients;  // by row
  int64_t count_unit;
  const uint32_t* rows;  // the rows to add; null: 0 … count - 1
  size_t count;
  BinSum* sums;
};

struct PartitionTask {
  const uint8_t* column;  // bin of row r: column[r * stride]
  size_t stride;
  const uint8_t* goes_left;  // 256 entries, 0 or 1
  uint32_t* rows;            // in: the rows to divide; out: the left ones, in the same order
  size_t count;
  uint32_t* right;  // room for `count`: the right ones, in the same order
};

struct SoftmaxTask {
  const double* scores;  // class c, row r: scores[c * stride + r]
  size_t stride;
  size_t classes;
  const uint32_t* labels;  // by row
  size_t rows;
  double hessian_factor;  // see softmax_gradients
  GradientScale scale;
  GradientPair* out;  // class c, row r: out[c * stride + r]; null: loss only
};

struct LinearTask {
  const float* tile;  // feature f, row r: tile[f * kTileRows + r]; rows beyond `rows` hold 0
  size_t features;
  size_t outputs;          // 1: logistic, else softmax over that many classes
  const uint32_t* labels;  // kTileRows entries; those beyond `rows` hold 0
  size_t rows;             // at most kTileRows
  const double* weights;   // output o: `features` weights, then the bias
  double* gradient;        // like weights, added to; null: loss only
  double* scratch;         // outputs * kTileRows: the scores, then the residuals
};

// One set of kernels; each level has one.
struct KernelTable {
  void (*histogram)(const HistogramTask&);
  void (*add)(int64_t* to, const int64_t* what, size_t count);
  void (*subtract)(int64_t* from, const int64_t* what, size_t count);
  size_t (*partition)(const PartitionTask&);
  void (*add_at)(double* values, const uint32_t* rows, size_t count, double amount);
  LossSum (*logistic_gradients)(const double* scores, const uint32_t* labels, size_t rows, GradientScale scale,
                                GradientPair* out);
  LossSum (*softmax_gradients)(const SoftmaxTask&);
  double (*squared_gradients)(const double* scores, const double* targets, size_t rows, double scale,
                              GradientPair* out);
  double (*largest_difference)(const double* a, const double* b, size_t rows);
  void (*softmax)(const double* scores, double* probabilities, size_t stride, size_t classes, size_t rows);
  LossSum (*linear_tile)(const LinearTask&);
  double (*dot)(const double* a, const double* b, size_t count);
  void (*add_scaled)(double* to, const double* what, size_t count, double factor);
  void (*exp)(double* values, size_t count);
  void (*log)(double* values, size_t count);
};

}  // namespace aml::kernel
