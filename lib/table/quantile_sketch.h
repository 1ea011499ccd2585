// Quantiles of a stream of numbers: exact while the numbers fit, then from a sample in levels, each item of level i
// standing for 2^i numbers. A full level is sorted and every other item moves up (the compactors of Karnin, Lang and
// Liberty 2016, "Optimal Quantile Approximation in Streams", with levels of one size). The coins come from a counter,
// so that the same numbers give the same answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace aml::table {

class QuantileSketch {
 public:
  // Ranks are off by at most 0.1 % of the count, in practice by a fifth of that.
  static constexpr size_t kLevelItems = 8192;

  explicit QuantileSketch(size_t exact_max) : exact_max_(exact_max), levels_(1) {}

  void add(double value);
  uint64_t count() const { return count_; }
  bool is_exact() const { return compactions_ == 0; }

  struct Item {
    double value = 0;
    uint64_t weight = 1;
  };
  std::vector<Item> sorted_items() const;

 private:
  void compact(size_t level);

  size_t exact_max_;
  uint64_t count_ = 0;
  uint64_t compactions_ = 0;
  std::vector<std::vector<double>> levels_;
  std::vector<double> scratch_;  // for sorting
};

// The value below which the share `q` of the numbers lies. Between two items it is interpolated when they are the
// numbers themselves (R's type 7, numpy's default), otherwise the nearer item is taken. `items` is not empty.
double quantile(const std::vector<QuantileSketch::Item>& items, double q);

}  // namespace aml::table
