// What a column is to someone who wants to learn from it: a number, a category, a date, text, an identifier and so on.
// Decided from a few statistics, a sample of the values and the words of the name, by a decision tree trained on the
// columns of SortingHat's benchmark (Shah et al. 2021, "Towards Benchmarking Feature Type Inference for AutoML
// Platforms"); feature_type_tree.inc holds it and tests/bench/feature_type_tree.py makes it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aml::inspect {

enum class FeatureType : uint8_t {
  empty,     // no value at all
  constant,  // one value only
  boolean,   // two values that mean yes and no
  number,    // a quantity
  category,  // one of few values, whatever they are written with
  date,      // a day, a time, or both
  text,      // sentences
  url,
  email,
  list,        // several values in a cell
  quantity,    // a number with a unit, a currency or separators around it
  identifier,  // tells rows apart and says nothing about them
  unclear,     // needs somebody who knows
};
std::string_view name_of(FeatureType type);

struct FeatureEvidence {
  std::string_view name;
  uint64_t rows = 0;
  uint64_t missing = 0;
  uint64_t distinct = 0;
  // Of columns of numbers.
  double min = 0, max = 0, mean = 0, sd = 0;
  std::span<const std::string_view> samples = {};  // some of the values, trimmed; none that mean "missing"
};

FeatureType infer_feature_type(const FeatureEvidence& evidence);

// What the tree looks at, one number per name; for training and for the curious.
std::vector<std::string_view> feature_names();
std::vector<float> measure_features(const FeatureEvidence& evidence);

// The classes of the benchmark, and which of them a feature type is.
std::string_view benchmark_class_of(FeatureType type);

}  // namespace aml::inspect
