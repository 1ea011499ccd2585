// Features as bytes. Each feature's values are cut at quantiles into at most 255 bins and one more for missing; trees
// then see only bin numbers. Bins lie row by row in groups of up to 64 features, one cache line per row and group.
#pragma once

#include <cstdint>
#include <vector>

#include "learn/featurize.h"

namespace aml::learn {

inline constexpr size_t kBinsMax = 255;  // besides the one for missing values
inline constexpr size_t kGroupFeatures = 64;
inline constexpr size_t kBlockRows = 65'536;  // the unit of work that threads share

// Bin b holds cuts[b-1] < x <= cuts[b]; the last one before `missing_bin` has no upper end.
struct FeatureBins {
  std::vector<double> cuts;
  bool has_missing = false;  // training saw missing values
  size_t missing_bin() const { return cuts.size() + 1; }
  size_t count() const { return cuts.size() + 2; }
  uint8_t bin_of(double value) const;
};

struct BinGroup {
  size_t first_feature = 0;
  size_t width = 0;
  std::vector<uint8_t> bins = {};  // row r, feature first_feature + f: bins[r * width + f]
};

struct BinnedTable {
  std::vector<Feature> features;
  std::vector<FeatureBins> bins;  // by feature
  std::vector<uint32_t> offsets;  // where a feature's bins start in a histogram
  size_t histogram_size = 0;      // bins of all features, with padding
  std::vector<BinGroup> groups;
  size_t rows = 0;
  size_t train_rows = 0;

  const BinGroup& group_of(size_t feature) const { return groups[feature / kGroupFeatures]; }
};

struct BinOptions {
  uint64_t max_bins = kBinsMax;
  uint64_t seed = 0;
  unsigned threads = 1;
};

// Quantiles come from the training rows, from a sample of kBinSampleRows if there are more.
inline constexpr size_t kBinSampleRows = 200'000;
BinnedTable bin_features(const FeatureTable& table, const BinOptions& options);

// The cuts for values without NaN, in any order: between all distinct values if these are at most `max_bins`, else at
// quantiles. A cut c between neighbours a < b satisfies a <= c < b.
std::vector<double> choose_cuts(std::vector<double> values, size_t max_bins);

}  // namespace aml::learn
