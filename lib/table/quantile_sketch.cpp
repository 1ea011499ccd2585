#include "table/quantile_sketch.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/random.h"
#include "kernel/sort_numbers.h"

namespace aml::table {

void QuantileSketch::add(double value) {
  ++count_;
  levels_[0].push_back(value);
  if (levels_[0].size() <= (is_exact() ? exact_max_ : kLevelItems)) return;
  // Moving items up may overfill the level above.
  for (size_t level = 0; level < levels_.size() && levels_[level].size() > kLevelItems; ++level) compact(level);
}

void QuantileSketch::compact(size_t level) {
  if (level + 1 == levels_.size()) levels_.emplace_back();
  std::vector<double>& items = levels_[level];
  std::vector<double>& above = levels_[level + 1];
  if (level == 0) {
    scratch_.resize(items.size());
    kernel::sort_numbers(items, scratch_);
  }
  const size_t pairs = items.size() / 2;
  const size_t coin = Random(0, level).at(compactions_++) & 1;
  const auto sorted = static_cast<std::ptrdiff_t>(above.size());
  for (size_t i = 0; i < pairs; ++i) above.push_back(items[2 * i + coin]);
  // All levels but the lowest stay sorted: merging what comes costs less than sorting it again.
  std::inplace_merge(above.begin(), above.begin() + sorted, above.end());
  // An odd item out stays, so that the weights add up to the count.
  if (items.size() % 2 == 1) items = {items.back()};
  else items.clear();
}

std::vector<QuantileSketch::Item> QuantileSketch::sorted_items() const {
  std::vector<Item> items;
  if (levels_.size() == 1) {
    std::vector<double> values = levels_[0];
    std::sort(values.begin(), values.end());
    items.reserve(values.size());
    for (const double value : values) items.push_back({value});
    return items;
  }
  for (size_t level = 0; level < levels_.size(); ++level)
    for (const double value : levels_[level]) items.push_back({value, uint64_t{1} << level});
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.value < b.value; });
  return items;
}

double quantile(const std::vector<QuantileSketch::Item>& items, double q) {
  AML_CHECK(!items.empty() && q >= 0 && q <= 1);
  uint64_t total = 0;
  for (const QuantileSketch::Item& item : items) total += item.weight;
  const double rank = q * static_cast<double>(total - 1);
  uint64_t behind = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    behind += items[i].weight;
    if (static_cast<double>(behind - 1) < rank && i + 1 < items.size() && items[i].weight == 1 &&
        static_cast<double>(behind) > rank) {
      const double part = rank - static_cast<double>(behind - 1);
      return items[i].value + part * (items[i + 1].value - items[i].value);
    }
    if (static_cast<double>(behind - 1) >= rank) return items[i].value;
  }
  return items.back().value;
}

}  // namespace aml::table
