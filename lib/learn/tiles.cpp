#include "learn/tiles.h"

#include <algorithm>
#include <cmath>

#include "os/parallel.h"

namespace aml::learn {
namespace {

using kernel::kTileRows;

// The same arithmetic, in double, as the model's graph (learn/feature_graph.cpp).
double value_of(const EncodedColumn& column, const Feature& feature, size_t row) {
  switch (feature.kind) {
    case Feature::Kind::number: {
      const double number = column.numbers[row];
      const double filled = std::isnan(number) ? column.plan.mean : number;
      return (filled - column.plan.mean) * (1 / column.plan.deviation);
    }
    case Feature::Kind::missing_indicator: return std::isnan(column.numbers[row]) ? 1 : 0;
    case Feature::Kind::category: return column.codes[row] == feature.category ? 1 : 0;
  }
  return 0;
}

}  // namespace

RowTiles make_tiles(const FeatureTable& table, const std::vector<Feature>& features, RowRange rows,
                    const std::vector<uint32_t>& labels, unsigned threads) {
  RowTiles tiles{.rows = rows.end - rows.begin, .features = features.size(), .values = {}, .labels = {}};
  const size_t count = (tiles.rows + kTileRows - 1) / kTileRows;
  tiles.values.resize(count * kTileRows * tiles.features);
  tiles.labels.resize(count * kTileRows);
  for (size_t row = rows.begin; row < rows.end; ++row) tiles.labels[row - rows.begin] = labels[row];
  os::parallel_for(count, threads, [&](size_t tile) {
    const size_t first = rows.begin + tile * kTileRows;
    const size_t filled = std::min(kTileRows, rows.end - first);
    float* out = tiles.values.data() + tile * kTileRows * tiles.features;
    for (size_t f = 0; f < features.size(); ++f, out += kTileRows) {
      const EncodedColumn& column = table.columns[features[f].column];
      for (size_t i = 0; i < filled; ++i) out[i] = static_cast<float>(value_of(column, features[f], first + i));
    }
  });
  return tiles;
}

}  // namespace aml::learn
