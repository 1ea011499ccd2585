#include "table/histogram.h"

#include <algorithm>
#include <cmath>

namespace aml::table {

Histogram make_histogram(const std::vector<QuantileSketch::Item>& items, double sd, Spacing spacing) {
  Histogram histogram;
  const double min = items.front().value, max = items.back().value;
  uint64_t total = 0;
  for (const QuantileSketch::Item& item : items) total += item.weight;
  const double scott = 3.49 * sd / std::cbrt(static_cast<double>(total));
  const double range = max - min;
  double width = std::max(scott, range / static_cast<double>(Histogram::kBinsMax));
  // Bins of whole numbers hold equally many of them.
  if (spacing == Spacing::whole)
    width = std::ceil(std::max(1.0, (range + 1) / static_cast<double>(Histogram::kBinsMax)));
  if (spacing == Spacing::whole) width = std::min(std::max(width, std::floor(scott)), range + 1);
  const double bins = spacing == Spacing::whole ? std::ceil((range + 1) / width) : std::ceil(range / width);
  const auto count =
      static_cast<size_t>(std::clamp(std::isfinite(bins) ? bins : 1.0, 1.0, double{Histogram::kBinsMax}));
  histogram.begin = min;
  histogram.bin_width = spacing == Spacing::whole ? width : range / static_cast<double>(count);
  histogram.counts.assign(count, 0);
  for (const QuantileSketch::Item& item : items) {
    const double bin = histogram.bin_width > 0 ? (item.value - min) / histogram.bin_width : 0;
    histogram.counts[std::min(count - 1, static_cast<size_t>(std::max(bin, 0.0)))] += item.weight;
  }
  return histogram;
}

}  // namespace aml::table
