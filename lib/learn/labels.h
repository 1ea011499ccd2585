// The column to predict: classes or numbers, and which rows have none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/signature.h"
#include "table/batch.h"

namespace aml::learn {

inline constexpr uint32_t kNoClass = UINT32_MAX;
inline constexpr size_t kClassesMax = 1000;

// Above this many, classes with fewer than two rows each on average are taken for identifiers.
inline constexpr size_t kIdentifierClassesMin = 20;

// An integer label with more different values than this is a quantity, not a set of classes.
inline constexpr size_t kIntegerClassesMax = 100;

struct Labels {
  model::Task task = model::Task::classification;
  table::Field field;
  std::vector<std::string> classes;  // ascending: numbers by value, text bytewise; empty for regression
  std::vector<uint32_t> codes;       // classification, by row: index in classes, kNoClass where missing
  std::vector<double> targets;       // regression, by row: NaN where missing
  uint64_t missing = 0;              // rows without a label
};

// Text, boolean and integer labels make a classification, numbers a regression. bad_data for a label with one class,
// with no value, with too many classes, or of a type that is neither.
Result<Labels> read_labels(const table::Table& table, size_t column);

}  // namespace aml::learn
