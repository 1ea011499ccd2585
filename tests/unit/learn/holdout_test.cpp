#include "learn/holdout.h"

#include <doctest/doctest.h>

#include <limits>
#include <set>

namespace aml::learn {
namespace {

Labels labels_of(std::vector<uint32_t> codes, size_t classes) {
  Labels labels;
  labels.codes = std::move(codes);
  labels.classes.resize(classes);
  return labels;
}

}  // namespace

TEST_CASE("a holdout takes its share of each class, and every labelled row once") {
  std::vector<uint32_t> codes;
  for (uint32_t i = 0; i < 100; ++i) codes.push_back(i % 10 == 0 ? 1 : 0);
  codes[7] = kNoClass;
  const RowOrder order = choose_holdout(labels_of(codes, 2), {.fraction = 0.2, .seed = 1});
  CHECK(order.rows == 99);
  CHECK(order.train_rows == 99 - 17 - 2);
  CHECK(order.position[7] == kRowDropped);
  size_t held_out_of_class_1 = 0;
  std::set<uint32_t> places;
  for (size_t row = 0; row < 100; ++row) {
    if (row == 7) continue;
    places.insert(order.position[row]);
    if (codes[row] == 1 && order.position[row] >= order.train_rows) ++held_out_of_class_1;
  }
  CHECK(places.size() == 99);
  CHECK(*places.rbegin() == 98);
  CHECK(held_out_of_class_1 == 2);
}

TEST_CASE("the holdout depends on the seed and not on other rows' labels") {
  const std::vector<uint32_t> codes(50, 0);
  const auto one = choose_holdout(labels_of(codes, 1), {.fraction = 0.5, .seed = 1});
  CHECK(one.position == choose_holdout(labels_of(codes, 1), {.fraction = 0.5, .seed = 1}).position);
  CHECK(one.position != choose_holdout(labels_of(codes, 1), {.fraction = 0.5, .seed = 2}).position);
}

TEST_CASE("a small class is never held out whole") {
  const auto order = choose_holdout(labels_of({0, 0, 0, 1}, 2), {.fraction = 0.5, .seed = 3});
  CHECK(order.position[3] < order.train_rows);
}

TEST_CASE("nothing is held out for a share of 0, and order is kept") {
  Labels labels;
  labels.task = model::Task::regression;
  labels.targets = {1, std::numeric_limits<double>::quiet_NaN(), 3};
  const auto order = choose_holdout(labels, {.fraction = 0, .seed = 0});
  CHECK(order.train_rows == 2);
  CHECK(order.position == std::vector<uint32_t>{0, kRowDropped, 1});
  CHECK(reordered(order, labels.targets) == std::vector<double>{1, 3});
}

}  // namespace aml::learn
