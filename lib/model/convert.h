// One element of any type as one of another: what Cast does, and the scorer when it fills inputs.
#pragma once

#include "base/result.h"
#include "model/tensor.h"

namespace aml::model {

// Text that is no number is bad_data. "NaN", "INF" and "-INF" in any case are numbers. Floating numbers outside an
// integer's range become its smallest value, as the x86 conversion has it; integers wrap around.
Result<Tensor> convert(const Tensor& tensor, ElementType type);

}  // namespace aml::model
