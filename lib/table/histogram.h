// Numbers in equal bins.
#pragma once

#include <vector>

#include "table/profile.h"
#include "table/quantile_sketch.h"

namespace aml::table {

enum class Spacing : uint8_t { any, whole };

// `items` is sorted and not empty.
Histogram make_histogram(const std::vector<QuantileSketch::Item>& items, double sd, Spacing spacing);

}  // namespace aml::table
