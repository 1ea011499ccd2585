#include "learn/tree_grower.h"

#include <cmath>

#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

using kernel::GradientPair;

struct Grown {
  BinnedTable table;
  std::vector<GradientPair> gradients;
  GradientForm form;
};

Grown prepare(size_t rows, size_t train_rows) {
  RowOrder order{.position = {}, .train_rows = train_rows, .rows = rows};
  for (uint32_t row = 0; row < rows; ++row) order.position.push_back(row);
  const auto features =
      encode_columns(table_of(flowers_csv(rows, 2)), order, {.label = 4, .columns = {}, .drop = {}}, nullptr);
  REQUIRE(features.ok());
  Grown grown{
      .table = bin_features(*features, {.max_bins = 20}), .gradients = {}, .form = choose_form(train_rows, 1, 1)};
  grown.form.scale.hessian = 1;
  const Random random(1, 1);
  for (uint32_t row = 0; row < train_rows; ++row)
    grown.gradients.push_back({static_cast<int32_t>((random.unit_at(row) - 0.4) * grown.form.scale.gradient), 1});
  return grown;
}

uint8_t bin_at(const BinnedTable& table, size_t row, size_t feature) {
  const BinGroup& group = table.group_of(feature);
  return group.bins[row * group.width + feature - group.first_feature];
}

// The leaf that a row reaches by walking down from the root.
int32_t leaf_of(const BinnedTable& table, const Tree& tree, size_t row) {
  int32_t at = 0;
  while (!tree.nodes[static_cast<size_t>(at)].is_leaf()) {
    const TreeNode& node = tree.nodes[static_cast<size_t>(at)];
    const auto feature = static_cast<size_t>(node.feature);
    const uint8_t bin = bin_at(table, row, feature);
    const bool is_left = bin == table.bins[feature].missing_bin() ? node.missing_left : bin <= node.bin;
    at = is_left ? node.left : node.right;
  }
  return at;
}

// The gain of the best split of some rows, by trying every one and summing rows in double.
double slow_best_gain(const Grown& grown, const std::vector<uint32_t>& rows, const GrowOptions& options) {
  const auto score = [&](const std::vector<uint32_t>& some) {
    double gradient = 0;
    for (const uint32_t row : some) gradient += grown.gradients[row].gradient / grown.form.scale.gradient;
    return gradient * gradient / (static_cast<double>(some.size()) + options.lambda);
  };
  double best = 0;
  for (size_t f = 0; f < grown.table.features.size(); ++f)
    for (size_t bin = 0; bin <= grown.table.bins[f].cuts.size(); ++bin)
      for (const bool missing_left : {false, true}) {
        std::vector<uint32_t> left, right;
        for (const uint32_t row : rows) {
          const uint8_t own = bin_at(grown.table, row, f);
          const bool is_left = own == grown.table.bins[f].missing_bin() ? missing_left : own <= bin;
          (is_left ? left : right).push_back(row);
        }
        if (left.size() < options.leaf_rows_min || right.size() < options.leaf_rows_min) continue;
        best = std::max(best, score(left) + score(right) - score(rows));
      }
  return best;
}

}  // namespace

TEST_CASE("a tree divides the rows as walking down it does, held-out rows included") {
  const Grown grown = prepare(600, 500);
  TreeGrower grower(grown.table, kernel::kernels_of(kernel::best_level()), {});
  const Tree tree = grower.grow(grown.gradients, grown.form);
  size_t train = 0, held_out = 0, leaves = 0;
  for (const LeafRows& leaf : grower.leaf_rows()) {
    ++leaves;
    CHECK(leaf.train.size() >= 10);
    train += leaf.train.size();
    held_out += leaf.held_out.size();
    for (const uint32_t row : leaf.train) CHECK(leaf_of(grown.table, tree, row) == leaf.node);
    for (const uint32_t row : leaf.held_out) CHECK(leaf_of(grown.table, tree, row) == leaf.node);
  }
  CHECK(leaves == 20);
  CHECK(train == 500);
  CHECK(held_out == 100);
}

TEST_CASE("a leaf's value is the regularised Newton step of its rows") {
  const Grown grown = prepare(300, 300);
  TreeGrower grower(grown.table, kernel::kernels_of(kernel::best_level()),
                    {.leaves_max = 5, .lambda = 2, .learning_rate = 0.5});
  const Tree tree = grower.grow(grown.gradients, grown.form);
  for (const LeafRows& leaf : grower.leaf_rows()) {
    int64_t gradient = 0;
    for (const uint32_t row : leaf.train) gradient += grown.gradients[row].gradient;
    const double expected = -0.5 * (static_cast<double>(gradient) / grown.form.scale.gradient) /
                            (static_cast<double>(leaf.train.size()) + 2);
    CHECK(tree.nodes[static_cast<size_t>(leaf.node)].value == doctest::Approx(expected).epsilon(1e-12));
  }
}

TEST_CASE("the first split is the best of all splits tried one by one") {
  const Grown grown = prepare(400, 400);
  const GrowOptions options = {.leaves_max = 2};
  TreeGrower grower(grown.table, kernel::kernels_of(kernel::best_level()), options);
  grower.grow(grown.gradients, grown.form);
  std::vector<uint32_t> all;
  for (uint32_t row = 0; row < 400; ++row) all.push_back(row);
  const auto leaves = grower.leaf_rows();
  REQUIRE(leaves.size() == 2);
  const auto score = [&](std::span<const uint32_t> rows) {
    double gradient = 0;
    for (const uint32_t row : rows) gradient += grown.gradients[row].gradient / grown.form.scale.gradient;
    return gradient * gradient / (static_cast<double>(rows.size()) + options.lambda);
  };
  const double gain = score(leaves[0].train) + score(leaves[1].train) - score(all);
  CHECK(gain == doctest::Approx(slow_best_gain(grown, all, options)).epsilon(1e-9));
}

TEST_CASE("rows that are all alike stay in one leaf") {
  Grown grown = prepare(100, 100);
  for (GradientPair& pair : grown.gradients) pair = {0, 1};
  TreeGrower grower(grown.table, kernel::kernels_of(kernel::best_level()), {});
  CHECK(grower.grow(grown.gradients, grown.form).nodes.size() == 1);
  CHECK(grower.leaf_rows().size() == 1);
}

TEST_CASE("a tree over several blocks of rows is the same for any number of threads and any level") {
  const Grown grown = prepare(150'000, 140'000);
  const auto values_with = [&](kernel::Level level, unsigned threads) {
    TreeGrower grower(grown.table, kernel::kernels_of(level), {.leaves_max = 12, .threads = threads});
    std::vector<double> values;
    for (const TreeNode& node : grower.grow(grown.gradients, grown.form).nodes)
      values.push_back(node.is_leaf() ? node.value : node.feature * 1000 + node.bin);
    for (const LeafRows& leaf : grower.leaf_rows())
      for (const uint32_t row : leaf.train.first(3)) values.push_back(row);
    return values;
  };
  const auto expected = values_with(kernel::Level::baseline, 1);
  for (const kernel::Level level : kernel::available_levels())
    for (const unsigned threads : {1U, 2U, 8U}) CHECK(values_with(level, threads) == expected);
}

}  // namespace aml::learn
