// A feature table as dense float tiles for linear models: numbers filled and scaled, indicators and categories as 0
// and 1. Within a tile each feature's values of 128 rows lie together, so that kernels run over rows without
// horizontal sums.
#pragma once

#include <vector>

#include "kernel/types.h"
#include "learn/featurize.h"

namespace aml::learn {

// Rows are cut into blocks of this many tiles; block b belongs to lane b % kLanesMax, and a lane adds up its blocks
// in order. That partition, not the number of threads, decides the order of every sum.
inline constexpr size_t kBlockTiles = 8;
inline constexpr size_t kLanesMax = 64;

struct RowTiles {
  size_t rows = 0;
  size_t features = 0;
  std::vector<float> values;     // tile by tile
  std::vector<uint32_t> labels;  // padded with 0 to whole tiles
  size_t tile_count() const { return features == 0 ? 0 : labels.size() / kernel::kTileRows; }
};

struct RowRange {
  size_t begin = 0;
  size_t end = 0;
};

RowTiles make_tiles(const FeatureTable& table, const std::vector<Feature>& features, RowRange rows,
                    const std::vector<uint32_t>& labels, unsigned threads);

}  // namespace aml::learn
