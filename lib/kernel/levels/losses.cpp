// Kernels of loss functions: losses of scores, and their gradients in fixed point.
#include "kernel/levels/kernels.h"
#include "kernel/levels/lanes.h"

namespace aml::kernel::AML_KERNEL_LEVEL {
namespace {

// Sixteen labels as doubles; lanes beyond `count` hold 0.
inline void labels_to_doubles(const uint32_t* labels, size_t count, double* out) {
  for (size_t i = 0; i < kLanes; ++i) out[i] = i < count ? static_cast<double>(labels[i]) : 0;
}

inline void copy_padded(const double* from, size_t count, double* out) {
  for (size_t i = 0; i < kLanes; ++i) out[i] = i < count ? from[i] : 0;
}

// 1.0 where the lane is below `count`, else 0.
inline void count_mask(size_t count, double* out) {
  for (size_t i = 0; i < kLanes; ++i) out[i] = i < count ? 1.0 : 0.0;
}

// The nearest integers, to even on ties; the magnitudes must be below 2^31.
inline void to_fixed(const double* values, size_t count, size_t field, GradientPair* out) {
  double shifted[kLanes];
  for (size_t i = 0; i < kLanes; i += kWidth) store(shifted + i, load(values + i) + kRound);
  for (size_t i = 0; i < count; ++i) {
    int64_t bits;
    __builtin_memcpy(&bits, shifted + i, sizeof(bits));
    const auto fixed = static_cast<int32_t>(static_cast<uint32_t>(bits));
    if (field == 0) out[i].gradient = fixed;
    else out[i].hessian = fixed;
  }
}

inline uint64_t count_of(double ones) { return static_cast<uint64_t>(ones); }

struct Sums {
  Lanes loss;
  Lanes correct;
};

// Sixteen rows of the logistic loss: log(1 + e^-|s|) + max(s, 0) - s y, written so that e^ never overflows.
inline void logistic_group(const double* scores, const uint32_t* labels, size_t count, GradientScale scale,
                           GradientPair* out, Sums& sums) {
  double s_all[kLanes], y_all[kLanes], mask_all[kLanes], gradients[kLanes], hessians[kLanes];
  copy_padded(scores, count, s_all);
  labels_to_doubles(labels, count, y_all);
  count_mask(count, mask_all);
  for (size_t part = 0; part < kParts; ++part) {
    const size_t at = part * kWidth;
    const Vector s = load(s_all + at), y = load(y_all + at), mask = load(mask_all + at);
    const Vector u = exp(-magnitude(s));
    const Vector p = (s > 0.0 ? splat(1) : u) / (1.0 + u);
    const Vector hit = (s > 0.0 ? splat(1) : splat(0)) == y ? splat(1) : splat(0);
    sums.loss.part[part] += mask * (log(1.0 + u) + (larger(s, splat(0)) - s * y));
    sums.correct.part[part] += mask * hit;
    store(gradients + at, (p - y) * scale.gradient);
    store(hessians + at, p * (1.0 - p) * scale.hessian);
  }
  if (out == nullptr) return;
  to_fixed(gradients, count, 0, out);
  to_fixed(hessians, count, 1, out);
}

// Largest score and sum of e^(score - largest), for sixteen rows.
struct Normaliser {
  Lanes largest;
  Lanes sum;
};

inline Normaliser normaliser_of(const double* scores, size_t stride, size_t classes, size_t count) {
  Normaliser result;
  double lane[kLanes];
  for (size_t c = 0; c < classes; ++c) {
    copy_padded(scores + c * stride, count, lane);
    for (size_t part = 0; part < kParts; ++part) {
      const Vector s = load(lane + part * kWidth);
      result.largest.part[part] = c == 0 ? s : larger(result.largest.part[part], s);
    }
  }
  for (size_t c = 0; c < classes; ++c) {
    copy_padded(scores + c * stride, count, lane);
    for (size_t part = 0; part < kParts; ++part)
      result.sum.part[part] += exp(load(lane + part * kWidth) - result.largest.part[part]);
  }
  return result;
}

inline void softmax_class(const SoftmaxTask& task, size_t at, size_t count, size_t c, const Normaliser& normaliser) {
  double s[kLanes], y[kLanes], gradients[kLanes], hessians[kLanes];
  copy_padded(task.scores + c * task.stride + at, count, s);
  for (size_t i = 0; i < kLanes; ++i) y[i] = i < count && task.labels[at + i] == c ? 1 : 0;
  for (size_t part = 0; part < kParts; ++part) {
    const size_t lane = part * kWidth;
    const Vector p = exp(load(s + lane) - normaliser.largest.part[part]) / normaliser.sum.part[part];
    store(gradients + lane, (p - load(y + lane)) * task.scale.gradient);
    store(hessians + lane, p * (1.0 - p) * (task.hessian_factor * task.scale.hessian));
  }
  GradientPair* out = task.out + c * task.stride + at;
  to_fixed(gradients, count, 0, out);
  to_fixed(hessians, count, 1, out);
}

inline void softmax_group(const SoftmaxTask& task, size_t at, size_t count, Sums& sums) {
  const Normaliser normaliser = normaliser_of(task.scores + at, task.stride, task.classes, count);
  double own[kLanes] = {}, hit[kLanes] = {}, mask[kLanes];
  count_mask(count, mask);
  for (size_t i = 0; i < count; ++i) {
    const uint32_t label = task.labels[at + i];
    own[i] = task.scores[label * task.stride + at + i];
    size_t best = 0;
    for (size_t c = 1; c < task.classes; ++c)
      if (task.scores[c * task.stride + at + i] > task.scores[best * task.stride + at + i]) best = c;
    hit[i] = best == label ? 1 : 0;
  }
  for (size_t part = 0; part < kParts; ++part) {
    const Vector loss = log(normaliser.sum.part[part]) + (normaliser.largest.part[part] - load(own + part * kWidth));
    sums.loss.part[part] += load(mask + part * kWidth) * loss;
    sums.correct.part[part] += load(hit + part * kWidth);
  }
  if (task.out == nullptr) return;
  for (size_t c = 0; c < task.classes; ++c) softmax_class(task, at, count, c, normaliser);
}

inline size_t group_size(size_t at, size_t rows) { return rows - at < kLanes ? rows - at : kLanes; }

}  // namespace

LossSum logistic_gradients(const double* scores, const uint32_t* labels, size_t rows, GradientScale scale,
                           GradientPair* out) {
  Sums sums;
  for (size_t at = 0; at < rows; at += kLanes)
    logistic_group(scores + at, labels + at, group_size(at, rows), scale, out == nullptr ? out : out + at, sums);
  return {sum_lanes(sums.loss), count_of(sum_lanes(sums.correct))};
}

LossSum softmax_gradients(const SoftmaxTask& task) {
  Sums sums;
  for (size_t at = 0; at < task.rows; at += kLanes) softmax_group(task, at, group_size(at, task.rows), sums);
  return {sum_lanes(sums.loss), count_of(sum_lanes(sums.correct))};
}

double squared_gradients(const double* scores, const double* targets, size_t rows, double scale, GradientPair* out) {
  Lanes loss;
  double s[kLanes], y[kLanes], gradients[kLanes];
  for (size_t at = 0; at < rows; at += kLanes) {
    const size_t count = group_size(at, rows);
    copy_padded(scores + at, count, s);
    copy_padded(targets + at, count, y);
    for (size_t part = 0; part < kParts; ++part) {
      const Vector difference = load(s + part * kWidth) - load(y + part * kWidth);
      loss.part[part] += difference * difference;
      store(gradients + part * kWidth, difference * scale);
    }
    if (out == nullptr) continue;
    to_fixed(gradients, count, 0, out + at);
    for (size_t i = 0; i < count; ++i) out[at + i].hessian = 1;
  }
  return sum_lanes(loss);
}

double largest_difference(const double* a, const double* b, size_t rows) {
  double largest = 0;
  for (size_t i = 0; i < rows; ++i) {
    const double difference = a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
    largest = difference > largest ? difference : largest;
  }
  return largest;
}

void softmax(const double* scores, double* probabilities, size_t stride, size_t classes, size_t rows) {
  double lane[kLanes];
  for (size_t at = 0; at < rows; at += kLanes) {
    const size_t count = group_size(at, rows);
    const Normaliser normaliser = normaliser_of(scores + at, stride, classes, count);
    for (size_t c = 0; c < classes; ++c) {
      copy_padded(scores + c * stride + at, count, lane);
      for (size_t part = 0; part < kParts; ++part) {
        const Vector s = load(lane + part * kWidth);
        store(lane + part * kWidth, exp(s - normaliser.largest.part[part]) / normaliser.sum.part[part]);
      }
      for (size_t i = 0; i < count; ++i) probabilities[c * stride + at + i] = lane[i];
    }
  }
}

}  // namespace aml::kernel::AML_KERNEL_LEVEL
