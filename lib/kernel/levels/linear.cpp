// Kernels of linear models: loss and gradient of one tile of rows, and vector arithmetic for the optimiser.
#include "kernel/levels/kernels.h"
#include "kernel/levels/lanes.h"

namespace aml::kernel::AML_KERNEL_LEVEL {
namespace {

// scores[r] = bias + sum over f of tile[f][r] * weights[f], features in order, for all rows of the tile.
inline void tile_scores(const float* tile, size_t features, const double* weights, double* scores) {
  for (size_t at = 0; at < kTileRows; at += kLanes) {
    Vector sums[kParts];
    for (size_t part = 0; part < kParts; ++part) sums[part] = splat(weights[features]);
    for (size_t f = 0; f < features; ++f) {
      const float* values = tile + f * kTileRows + at;
      for (size_t part = 0; part < kParts; ++part) sums[part] += load_floats(values + part * kWidth) * weights[f];
    }
    for (size_t part = 0; part < kParts; ++part) store(scores + at + part * kWidth, sums[part]);
  }
}

// gradient[f] += sum over r of tile[f][r] * residuals[r], and the plain sum of residuals for the bias.
inline void tile_gradient(const float* tile, size_t features, const double* residuals, double* gradient) {
  for (size_t f = 0; f < features; ++f) {
    Lanes sums;
    for (size_t at = 0; at < kTileRows; at += kLanes)
      for (size_t part = 0; part < kParts; ++part)
        sums.part[part] +=
            load_floats(tile + f * kTileRows + at + part * kWidth) * load(residuals + at + part * kWidth);
    gradient[f] += sum_lanes(sums);
  }
  Lanes sums;
  for (size_t at = 0; at < kTileRows; at += kLanes)
    for (size_t part = 0; part < kParts; ++part) sums.part[part] += load(residuals + at + part * kWidth);
  gradient[features] += sum_lanes(sums);
}

// Turns the scores of a tile into residuals p - y; rows beyond `rows` get 0.
inline LossSum logistic_residuals(const LinearTask& task) {
  Lanes loss;
  double y[kTileRows], mask[kTileRows];
  uint64_t correct = 0;
  for (size_t r = 0; r < kTileRows; ++r) {
    y[r] = static_cast<double>(task.labels[r]);
    mask[r] = r < task.rows ? 1 : 0;
    correct += r < task.rows && (task.scratch[r] > 0) == (task.labels[r] == 1) ? 1 : 0;
  }
  for (size_t at = 0; at < kTileRows; at += kLanes) {
    for (size_t part = 0; part < kParts; ++part) {
      const size_t lane = at + part * kWidth;
      const Vector s = load(task.scratch + lane), target = load(y + lane), counts = load(mask + lane);
      const Vector u = exp(-magnitude(s));
      const Vector p = (s > 0.0 ? splat(1) : u) / (1.0 + u);
      loss.part[part] += counts * (log(1.0 + u) + (larger(s, splat(0)) - s * target));
      store(task.scratch + lane, counts * (p - target));
    }
  }
  return {sum_lanes(loss), correct};
}

inline uint64_t count_hits(const LinearTask& task) {
  uint64_t correct = 0;
  for (size_t r = 0; r < task.rows; ++r) {
    size_t best = 0;
    for (size_t c = 1; c < task.outputs; ++c)
      if (task.scratch[c * kTileRows + r] > task.scratch[best * kTileRows + r]) best = c;
    correct += best == task.labels[r] ? 1 : 0;
  }
  return correct;
}

inline LossSum softmax_residuals(const LinearTask& task) {
  const uint64_t correct = count_hits(task);
  double own[kTileRows], mask[kTileRows];
  for (size_t r = 0; r < kTileRows; ++r) {
    own[r] = task.scratch[task.labels[r] * kTileRows + r];
    mask[r] = r < task.rows ? 1 : 0;
  }
  Lanes loss;
  for (size_t lane = 0; lane < kTileRows; lane += kWidth) {
    Vector largest = load(task.scratch + lane);
    for (size_t c = 1; c < task.outputs; ++c) largest = larger(largest, load(task.scratch + c * kTileRows + lane));
    Vector sum = {};
    for (size_t c = 0; c < task.outputs; ++c) {
      const Vector power = exp(load(task.scratch + c * kTileRows + lane) - largest);
      store(task.scratch + c * kTileRows + lane, power);
      sum += power;
    }
    const Vector counts = load(mask + lane);
    loss.part[lane / kWidth % kParts] += counts * (log(sum) + (largest - load(own + lane)));
    const Vector factor = counts / sum;
    for (size_t c = 0; c < task.outputs; ++c) {
      double* power = task.scratch + c * kTileRows + lane;
      store(power, load(power) * factor);
    }
  }
  for (size_t r = 0; r < task.rows; ++r) task.scratch[task.labels[r] * kTileRows + r] -= 1;
  return {sum_lanes(loss), correct};
}

}  // namespace

LossSum linear_tile(const LinearTask& task) {
  const size_t size = task.features + 1;
  for (size_t o = 0; o < task.outputs; ++o)
    tile_scores(task.tile, task.features, task.weights + o * size, task.scratch + o * kTileRows);
  const LossSum sum = task.outputs == 1 ? logistic_residuals(task) : softmax_residuals(task);
  if (task.gradient == nullptr) return sum;
  for (size_t o = 0; o < task.outputs; ++o)
    tile_gradient(task.tile, task.features, task.scratch + o * kTileRows, task.gradient + o * size);
  return sum;
}

double dot(const double* a, const double* b, size_t count) {
  Lanes sums;
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    for (size_t part = 0; part < kParts; ++part)
      sums.part[part] += load(a + i + part * kWidth) * load(b + i + part * kWidth);
  double rest = 0;
  for (; i < count; ++i) rest += a[i] * b[i];
  return sum_lanes(sums) + rest;
}

void add_scaled(double* to, const double* what, size_t count, double factor) {
  for (size_t i = 0; i < count; ++i) to[i] += factor * what[i];
}

void exp_all(double* values, size_t count) {
  size_t i = 0;
  for (; i + kWidth <= count; i += kWidth) store(values + i, exp(load(values + i)));
  for (; i < count; ++i) values[i] = exp(splat(values[i]))[0];
}

void log_all(double* values, size_t count) {
  size_t i = 0;
  for (; i + kWidth <= count; i += kWidth) store(values + i, log(load(values + i)));
  for (; i < count; ++i) values[i] = log(splat(values[i]))[0];
}

}  // namespace aml::kernel::AML_KERNEL_LEVEL
