// The schema of data at hand, for `amlprep check --infer`.
#pragma once

#include "inspect/data_schema.h"
#include "inspect/inspection.h"

namespace aml::inspect {

// Top values that `table` should have been profiled with: longer lists of values are not worth a rule.
inline constexpr size_t kInferredValuesMax = 25;

// The tightest schema that the data keeps, with shares of missing values rounded up.
DataSchema infer_data_schema(const TableInspection& table);

}  // namespace aml::inspect
