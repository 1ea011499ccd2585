#include "inspect/correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aml::inspect {
namespace {

struct Pair {
  std::vector<double> a, b;
};

Pair complete_rows(const std::vector<double>& a, const std::vector<double>& b) {
  Pair pair;
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    pair.a.push_back(a[i]);
    pair.b.push_back(b[i]);
  }
  return pair;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::optional<double> pearson(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() < 2) return std::nullopt;
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  if (!(aa > 0) || !(bb > 0)) return std::nullopt;
  const double r = ab / (std::sqrt(aa) * std::sqrt(bb));
  if (!std::isfinite(r)) return std::nullopt;
  return std::clamp(r, -1.0, 1.0);
}

std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = static_cast<double>(begin + 1 + end) / 2;
    for (; begin < end; ++begin) ranks[order[begin]] = rank;
  }
  return ranks;
}

CorrelationMatrix correlate(const std::vector<NumberColumn>& columns) {
  CorrelationMatrix matrix;
  for (const NumberColumn& column : columns) matrix.names.push_back(column.name);
  const size_t size = matrix.size();
  matrix.pearson.resize(size * size);
  matrix.spearman.resize(size * size);
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = i; j < size; ++j) {
      const Pair pair = complete_rows(columns[i].values, columns[j].values);
      matrix.pearson[i * size + j] = matrix.pearson[j * size + i] = pearson(pair.a, pair.b);
      matrix.spearman[i * size + j] = matrix.spearman[j * size + i] = pearson(ranks_of(pair.a), ranks_of(pair.b));
    }
  }
  return matrix;
}

}  // namespace aml::inspect
