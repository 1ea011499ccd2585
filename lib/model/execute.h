// Runs a loaded model on tensors. A Model is immutable: any number of threads may run it at once.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "model/model.h"
#include "model/tensor.h"

namespace aml::model {

// `inputs` in the order of model.inputs(), with their types; the result in the order of model.outputs(). A shape that
// does not fit, or an operator that cannot work on what it was given, is bad_data naming the input or the node.
Result<std::vector<Tensor>> run(const Model& model, std::span<const Tensor> inputs);

}  // namespace aml::model
