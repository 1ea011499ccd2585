#include "learn/split.h"

#include <cmath>

#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

using kernel::BinSum;

// One feature with the given bins; each bin's gradient, hessian and rows.
struct Bin {
  int64_t gradient;
  int64_t hessian;
  int64_t rows;
};

struct Fixture {
  BinnedTable table;
  GrowOptions options = {.leaf_rows_min = 1, .lambda = 1};
  GradientForm form = {.scale = {1, 1}, .count_shift = 20};
  std::vector<BinSum> histogram;
  BinSum total = {0, 0};

  void add_feature(const std::vector<Bin>& bins) {  // the last bin is that of missing values
    FeatureBins feature;
    for (size_t i = 0; i + 2 < bins.size(); ++i) feature.cuts.push_back(static_cast<double>(i));
    table.offsets.push_back(static_cast<uint32_t>(histogram.size()));
    table.features.push_back({Feature::Kind::number, table.features.size()});
    table.bins.push_back(feature);
    total = {0, 0};
    for (const Bin& bin : bins) {
      histogram.push_back({bin.gradient, (bin.rows << form.count_shift) + bin.hessian});
      total = {total.gradient + bin.gradient, total.hessian_count + histogram.back().hessian_count};
    }
  }
  Split find() const { return find_split({table, options, form}, histogram, total); }
};

double score(double gradient, double hessian) { return gradient * gradient / (hessian + 1); }

}  // namespace

TEST_CASE("the best split is where the sums say") {
  Fixture f;
  f.add_feature({{-5, 5, 5}, {-4, 4, 4}, {9, 9, 9}, {0, 0, 0}});
  const Split split = f.find();
  CHECK(split.feature == 0);
  CHECK(split.bin == 1);
  CHECK(split.gain == doctest::Approx(score(-9, 9) + score(9, 9) - score(0, 18)).epsilon(1e-11));
}

TEST_CASE("missing values go where the gain is larger") {
  Fixture left;
  left.add_feature({{-5, 5, 5}, {5, 5, 5}, {-3, 3, 3}});
  CHECK(left.find().bin == 0);
  CHECK(left.find().missing_left);
  Fixture right;
  right.add_feature({{-5, 5, 5}, {5, 5, 5}, {3, 3, 3}});
  CHECK_FALSE(right.find().missing_left);
}

TEST_CASE("missing values can stand alone against all numbers") {
  Fixture f;
  f.add_feature({{1, 5, 5}, {1, 5, 5}, {-9, 9, 9}});
  const Split split = f.find();
  CHECK(split.bin == 1);
  CHECK_FALSE(split.missing_left);
}

TEST_CASE("a leaf without missing values sends them to the child with more rows") {
  Fixture f;
  f.add_feature({{-5, 5, 5}, {5, 5, 9}, {0, 0, 0}});
  CHECK_FALSE(f.find().missing_left);
  Fixture g;
  g.add_feature({{-5, 5, 9}, {5, 5, 5}, {0, 0, 0}});
  CHECK(g.find().missing_left);
}

TEST_CASE("ties go to the lower feature and the lower bin") {
  Fixture f;
  f.add_feature({{-5, 5, 5}, {0, 0, 0}, {5, 5, 5}, {0, 0, 0}});
  f.add_feature({{-5, 5, 5}, {5, 5, 5}, {0, 0, 0}});
  CHECK(f.find().feature == 0);
  CHECK(f.find().bin == 0);
}

TEST_CASE("children keep the least number of rows, and a gain below the least is none") {
  Fixture f;
  f.add_feature({{-5, 5, 2}, {-1, 5, 5}, {6, 5, 5}, {0, 0, 0}});
  f.options.leaf_rows_min = 3;
  CHECK(f.find().bin == 1);
  f.options.leaf_rows_min = 6;
  CHECK(f.find().gain == 0);
  CHECK(f.find().feature == -1);
  f.options.leaf_rows_min = 1;
  f.options.gain_min = 1e9;
  CHECK(f.find().feature == -1);
}

}  // namespace aml::learn
