#include "learn/binning.h"

#include <cmath>
#include <limits>

#include "unit/learn/tables.h"

namespace aml::learn {

TEST_CASE("few distinct values are cut between all of them") {
  CHECK(choose_cuts({3, 1, 1, 2, 3}, 255) == std::vector<double>{1.5, 2.5});
  CHECK(choose_cuts({7, 7}, 255).empty());
  CHECK(choose_cuts({}, 255).empty());
}

TEST_CASE("a cut lies at or above its left neighbour and below its right one") {
  const double next = std::nextafter(1.0, 2.0);
  CHECK(choose_cuts({1.0, next}, 255) == std::vector<double>{1.0});
  const double huge = std::numeric_limits<double>::max();
  CHECK(choose_cuts({-huge, huge}, 255) == std::vector<double>{0});
}

TEST_CASE("many distinct values are cut into bins of equal size") {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(i);
  const std::vector<double> cuts = choose_cuts(values, 10);
  REQUIRE(cuts.size() == 9);
  for (size_t i = 0; i < cuts.size(); ++i) CHECK(cuts[i] == doctest::Approx(99.5 + 100.0 * static_cast<double>(i)));
}

TEST_CASE("one frequent value does not starve the other bins") {
  std::vector<double> values(10'000, 0.0);
  for (int i = 1; i <= 100; ++i) values.push_back(i);
  CHECK(choose_cuts(values, 11).size() == 10);
}

TEST_CASE("a value falls into the bin its cuts say, NaN into the last") {
  const FeatureBins bins{.cuts = {1.5, 2.5}};
  CHECK(bins.bin_of(-1e9) == 0);
  CHECK(bins.bin_of(1.5) == 0);
  CHECK(bins.bin_of(1.6) == 1);
  CHECK(bins.bin_of(9) == 2);
  CHECK(bins.bin_of(std::nan("")) == 3);
  CHECK(bins.count() == 4);
}

TEST_CASE("a binned table holds every feature of every row") {
  const table::Table table = table_of(flowers_csv(300, 2));
  RowOrder order{.position = {}, .train_rows = 300, .rows = 300};
  for (uint32_t row = 0; row < 300; ++row) order.position.push_back(row);
  const auto features = encode_columns(table, order, {.label = 4, .columns = {}, .drop = {}}, nullptr);
  REQUIRE(features.ok());
  const BinnedTable binned = bin_features(*features, {});
  REQUIRE(binned.features.size() == 2 + 4 + 2);
  for (size_t f = 0; f < binned.features.size(); ++f) {
    const EncodedColumn& column = features->columns[binned.features[f].column];
    for (size_t row = 0; row < 300; ++row) {
      const uint8_t bin = binned.groups[0].bins[row * binned.groups[0].width + f];
      if (f < 2) CHECK(bin == binned.bins[f].bin_of(column.numbers[row]));
      else CHECK(bin == (column.codes[row] == binned.features[f].category ? 1 : 0));
    }
  }
}

TEST_CASE("histograms of neighbouring features never start at the same place of a page") {
  BinnedTable table;
  std::string csv = "y";
  for (int f = 0; f < 5; ++f) csv += fmt::format(",x{}", f);
  csv += "\n";
  for (int row = 0; row < 2000; ++row) {
    csv += row % 2 == 0 ? "a" : "b";
    for (int f = 0; f < 5; ++f) csv += fmt::format(",{}.5", row * (f + 1));
    csv += "\n";
  }
  RowOrder order{.position = {}, .train_rows = 2000, .rows = 2000};
  for (uint32_t row = 0; row < 2000; ++row) order.position.push_back(row);
  const auto features = encode_columns(table_of(csv), order, {}, nullptr);
  REQUIRE(features.ok());
  const BinnedTable binned = bin_features(*features, {});
  CHECK(binned.bins[0].count() == 256 + 0);
  CHECK(binned.offsets[1] - binned.offsets[0] == 260);
}

}  // namespace aml::learn
