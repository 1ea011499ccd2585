#include "learn/holdout.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace aml::learn {
namespace {

constexpr uint64_t kHoldoutStream = 0x686f6c646f757431;  // "holdout1"

// Marks the `fraction` of `rows` that the random numbers rank first.
void hold_out(std::vector<uint32_t>& rows, const HoldoutOptions& options, std::vector<uint8_t>& is_held_out) {
  const Random random(options.seed, kHoldoutStream);
  const auto count = static_cast<size_t>(static_cast<double>(rows.size()) * options.fraction);
  const auto comes_first = [&](uint32_t a, uint32_t b) {
    const uint64_t key_a = random.at(a), key_b = random.at(b);
    return key_a != key_b ? key_a < key_b : a < b;
  };
  std::nth_element(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count), rows.end(), comes_first);
  for (size_t i = 0; i < count; ++i) is_held_out[rows[i]] = 1;
}

}  // namespace

RowOrder choose_holdout(const Labels& labels, const HoldoutOptions& options) {
  const bool is_classification = labels.task == model::Task::classification;
  const size_t rows = is_classification ? labels.codes.size() : labels.targets.size();
  std::vector<std::vector<uint32_t>> rows_of_class(std::max<size_t>(labels.classes.size(), 1));
  RowOrder order{.position = std::vector<uint32_t>(rows, kRowDropped)};
  for (uint32_t row = 0; row < rows; ++row) {
    if (is_classification ? labels.codes[row] == kNoClass : std::isnan(labels.targets[row])) continue;
    rows_of_class[is_classification ? labels.codes[row] : 0].push_back(row);
    order.position[row] = 0;
  }
  std::vector<uint8_t> is_held_out(rows);
  for (auto& members : rows_of_class) hold_out(members, options, is_held_out);
  for (const uint8_t held_out : {uint8_t{0}, uint8_t{1}}) {
    for (size_t row = 0; row < rows; ++row)
      if (order.position[row] != kRowDropped && is_held_out[row] == held_out)
        order.position[row] = static_cast<uint32_t>(order.rows++);
    if (held_out == 0) order.train_rows = order.rows;
  }
  return order;
}

}  // namespace aml::learn
