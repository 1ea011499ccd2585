#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "kernel/dispatch.h"

namespace aml::kernel {
namespace {

struct Tile {
  size_t features, outputs, rows;
  std::vector<float> values;
  std::vector<uint32_t> labels = std::vector<uint32_t>(kTileRows);
  std::vector<double> weights;
};

Tile make_tile(size_t features, size_t outputs, size_t rows) {
  const Random random(5, features * 100 + outputs);
  Tile tile{features, outputs, rows, std::vector<float>(features * kTileRows), {}, {}};
  tile.labels.resize(kTileRows);
  for (size_t r = 0; r < rows; ++r) {
    tile.labels[r] = static_cast<uint32_t>(random.below_at(r, std::max<size_t>(outputs, 2)));
    for (size_t f = 0; f < features; ++f)
      tile.values[f * kTileRows + r] = static_cast<float>(random.unit_at(1000 + f * kTileRows + r) - 0.5);
  }
  for (size_t i = 0; i < outputs * (features + 1); ++i) tile.weights.push_back(random.unit_at(900'000 + i) * 2 - 1);
  return tile;
}

LossSum run(const KernelTable& table, const Tile& tile, std::vector<double>& gradient) {
  std::vector<double> scratch(tile.outputs * kTileRows);
  return table.linear_tile({.tile = tile.values.data(),
                            .features = tile.features,
                            .outputs = tile.outputs,
                            .labels = tile.labels.data(),
                            .rows = tile.rows,
                            .weights = tile.weights.data(),
                            .gradient = gradient.empty() ? nullptr : gradient.data(),
                            .scratch = scratch.data()});
}

// Row by row, with the C library: loss and gradient of softmax regression (two outputs 0 and s for one output).
double slow_loss(const Tile& tile, std::vector<double>& gradient) {
  const size_t size = tile.features + 1;
  double loss = 0;
  for (size_t r = 0; r < tile.rows; ++r) {
    std::vector<double> powers(tile.outputs);
    double total = tile.outputs == 1 ? 1 : 0;
    for (size_t o = 0; o < tile.outputs; ++o) {
      double score = tile.weights[o * size + tile.features];
      for (size_t f = 0; f < tile.features; ++f)
        score += static_cast<double>(tile.values[f * kTileRows + r]) * tile.weights[o * size + f];
      total += powers[o] = std::exp(score);
    }
    for (size_t o = 0; o < tile.outputs; ++o) {
      const bool own = tile.outputs == 1 ? tile.labels[r] == 1 : tile.labels[r] == o;
      const double residual = powers[o] / total - (own ? 1 : 0);
      for (size_t f = 0; f < tile.features; ++f)
        gradient[o * size + f] += static_cast<double>(tile.values[f * kTileRows + r]) * residual;
      gradient[o * size + tile.features] += residual;
    }
    const bool reference = tile.outputs == 1 && tile.labels[r] == 0;
    loss -= std::log((reference ? 1 : powers[tile.outputs == 1 ? 0 : tile.labels[r]]) / total);
  }
  return loss;
}

}  // namespace

TEST_CASE("a linear tile equals the row by row computation") {
  for (const size_t outputs : std::initializer_list<size_t>{1, 3, 5})
    for (const size_t rows : std::initializer_list<size_t>{1, 16, 100, 128}) {
      const Tile tile = make_tile(7, outputs, rows);
      std::vector<double> expected(tile.weights.size());
      const double loss = slow_loss(tile, expected);
      for (const Level level : available_levels()) {
        std::vector<double> gradient(tile.weights.size());
        CHECK(run(kernels_of(level), tile, gradient).loss == doctest::Approx(loss).epsilon(1e-12));
        for (size_t i = 0; i < expected.size(); ++i) CHECK(std::fabs(gradient[i] - expected[i]) < 1e-12);
      }
    }
}

TEST_CASE("a linear tile gives the same bits on every level") {
  for (const size_t outputs : std::initializer_list<size_t>{1, 4}) {
    const Tile tile = make_tile(29, outputs, 111);
    std::vector<double> expected(tile.weights.size());
    const LossSum sum = run(kernels_of(Level::baseline), tile, expected);
    for (const Level level : available_levels()) {
      std::vector<double> gradient(tile.weights.size()), none;
      const LossSum found = run(kernels_of(level), tile, gradient);
      CHECK(found.loss == sum.loss);
      CHECK(found.correct == sum.correct);
      CHECK(gradient == expected);
      CHECK(run(kernels_of(level), tile, none).loss == sum.loss);
    }
  }
}

}  // namespace aml::kernel
