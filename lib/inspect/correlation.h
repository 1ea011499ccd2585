// How the numeric columns of a table move together: Pearson's and Spearman's coefficients of each pair, over the rows
// where both have a number.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace aml::inspect {

struct NumberColumn {
  std::string name;
  std::vector<double> values;  // NaN where there is none
};

struct CorrelationMatrix {
  std::vector<std::string> names;
  // names.size() squared, row by row; nothing where fewer than two rows count or one column does not vary.
  std::vector<std::optional<double>> pearson, spearman;

  size_t size() const { return names.size(); }
  std::optional<double> pearson_at(size_t row, size_t column) const { return pearson[row * size() + column]; }
  std::optional<double> spearman_at(size_t row, size_t column) const { return spearman[row * size() + column]; }
};

// The columns have equally many values.
CorrelationMatrix correlate(const std::vector<NumberColumn>& columns);

std::optional<double> pearson(const std::vector<double>& a, const std::vector<double>& b);

// 1 for the smallest value; equal values share the mean of their ranks.
std::vector<double> ranks_of(const std::vector<double>& values);

}  // namespace aml::inspect
