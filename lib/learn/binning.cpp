#include "learn/binning.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "os/parallel.h"

namespace aml::learn {
namespace {

constexpr uint64_t kSampleStream = 0x62696e73616d706cULL;  // "binsampl"
constexpr size_t kBinsPerCacheLine = 4;

// Halfway between a < b, but never b itself: values of bin b must stay above the cut.
double cut_between(double a, double b) {
  const double middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}

// Training rows that decide the cuts: all of them, or a sample that depends only on seed and row number.
std::vector<uint32_t> sample_rows(size_t train_rows, uint64_t seed) {
  std::vector<uint32_t> rows;
  const Random random(seed, kSampleStream);
  const double share = static_cast<double>(kBinSampleRows) / static_cast<double>(train_rows);
  for (uint32_t row = 0; row < train_rows; ++row)
    if (share >= 1 || random.unit_at(row) < share) rows.push_back(row);
  return rows;
}

FeatureBins bins_of_number(const EncodedColumn& column, const std::vector<uint32_t>& sample, size_t max_bins) {
  std::vector<double> values;
  values.reserve(sample.size());
  for (const uint32_t row : sample)
    if (!std::isnan(column.numbers[row])) values.push_back(column.numbers[row]);
  return {.cuts = choose_cuts(std::move(values), max_bins), .has_missing = column.plan.missing != 0};
}

// Histograms of neighbouring features must not start at the same place of a 4 KiB page: an odd number of cache lines
// per feature spreads them over all sets of the first-level cache.
size_t padded_bins(size_t count) {
  const size_t lines = (count + kBinsPerCacheLine - 1) / kBinsPerCacheLine;
  return (lines | 1) * kBinsPerCacheLine;
}

void lay_out_histogram(BinnedTable& table) {
  for (const FeatureBins& bins : table.bins) {
    table.offsets.push_back(static_cast<uint32_t>(table.histogram_size));
    table.histogram_size += padded_bins(bins.count());
  }
}

void fill_block(const FeatureTable& source, const BinnedTable& table, size_t first_row, BinGroup& group) {
  const size_t end_row = std::min(first_row + kBlockRows, table.rows);
  for (size_t f = 0; f < group.width; ++f) {
    const Feature& feature = table.features[group.first_feature + f];
    const EncodedColumn& column = source.columns[feature.column];
    const FeatureBins& bins = table.bins[group.first_feature + f];
    uint8_t* out = group.bins.data() + f;
    if (feature.kind == Feature::Kind::category) {
      for (size_t row = first_row; row < end_row; ++row)
        out[row * group.width] = column.codes[row] == feature.category ? 1 : 0;
    } else {
      for (size_t row = first_row; row < end_row; ++row) out[row * group.width] = bins.bin_of(column.numbers[row]);
    }
  }
}

}  // namespace

uint8_t FeatureBins::bin_of(double value) const {
  if (std::isnan(value)) return static_cast<uint8_t>(missing_bin());
  return static_cast<uint8_t>(std::lower_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

std::vector<double> choose_cuts(std::vector<double> values, size_t max_bins) {
  std::sort(values.begin(), values.end());
  std::vector<double> distinct;
  std::vector<size_t> ends;  // how many values are at most distinct[i]
  for (size_t i = 0; i < values.size(); ++i) {
    if (i + 1 != values.size() && values[i + 1] == values[i]) continue;
    distinct.push_back(values[i]);
    ends.push_back(i + 1);
  }
  std::vector<double> cuts;
  if (distinct.size() <= max_bins) {
    for (size_t i = 0; i + 1 < distinct.size(); ++i) cuts.push_back(cut_between(distinct[i], distinct[i + 1]));
    return cuts;
  }
  // A bin is closed once it holds its share of the values still to come, so that one frequent value does not starve
  // the bins behind it.
  size_t start = 0;
  for (size_t i = 0; i + 1 < distinct.size() && cuts.size() + 1 < max_bins; ++i) {
    const size_t bins_left = max_bins - cuts.size();
    if ((ends[i] - start) * bins_left < values.size() - start) continue;
    cuts.push_back(cut_between(distinct[i], distinct[i + 1]));
    start = ends[i];
  }
  return cuts;
}

BinnedTable bin_features(const FeatureTable& source, const BinOptions& options) {
  BinnedTable table{.features = list_features(source.columns, Indicators::no),
                    .bins = {},
                    .offsets = {},
                    .groups = {},
                    .rows = source.rows,
                    .train_rows = source.train_rows};
  table.bins.resize(table.features.size());
  const std::vector<uint32_t> sample = sample_rows(source.train_rows, options.seed);
  os::parallel_for(table.features.size(), options.threads, [&](size_t f) {
    const Feature& feature = table.features[f];
    if (feature.kind == Feature::Kind::category) table.bins[f].cuts = {0.5};
    else table.bins[f] = bins_of_number(source.columns[feature.column], sample, options.max_bins);
  });
  lay_out_histogram(table);
  for (size_t first = 0; first < table.features.size(); first += kGroupFeatures) {
    const size_t width = std::min(kGroupFeatures, table.features.size() - first);
    table.groups.push_back({.first_feature = first, .width = width, .bins = std::vector<uint8_t>(source.rows * width)});
  }
  const size_t blocks = (table.rows + kBlockRows - 1) / kBlockRows;
  os::parallel_for(table.groups.size() * blocks, options.threads, [&](size_t piece) {
    fill_block(source, table, piece % blocks * kBlockRows, table.groups[piece / blocks]);
  });
  return table;
}

}  // namespace aml::learn
