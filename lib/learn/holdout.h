// Which rows train and which validate. The choice is a function of seed and row number only, and keeps the classes'
// shares, so that it does not depend on threads and small classes are neither lost nor held out whole.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/labels.h"

namespace aml::learn {

inline constexpr uint32_t kRowDropped = UINT32_MAX;
inline constexpr size_t kTrainRowsMax = INT32_MAX;  // sums of fixed-point gradients fit 64 bits up to here

// A new order of the rows that have a label: first the training rows, then the held-out ones, each in their
// original order.
struct RowOrder {
  std::vector<uint32_t> position;  // by original row: its place in the new order, or kRowDropped
  size_t train_rows = 0;
  size_t rows = 0;  // training and held-out ones
};

struct HoldoutOptions {
  double fraction = 0.2;  // of each class, rounded down; in [0, 1)
  uint64_t seed = 0;
};

RowOrder choose_holdout(const Labels& labels, const HoldoutOptions& options);

// `values` by original row, brought into the new order.
template <class T>
std::vector<T> reordered(const RowOrder& order, const std::vector<T>& values) {
  std::vector<T> result(order.rows);
  for (size_t row = 0; row < values.size(); ++row)
    if (order.position[row] != kRowDropped) result[order.position[row]] = values[row];
  return result;
}

}  // namespace aml::learn
