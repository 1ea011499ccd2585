// Tensors on the wire: ONNX's TensorProto and ours. Private to this module, the only one that sees protobuf.
#pragma once

#include "base/result.h"
#include "model/tensor.h"
#include "onnx.pb.h"

namespace aml::model {

void write_tensor(const Tensor& tensor, onnx::TensorProto& proto);

// Refuses external data, sizes that overflow or exceed `elements_max`, and data that does not match the shape.
Result<Tensor> read_tensor(const onnx::TensorProto& proto, size_t elements_max);

// Nothing for numbers ONNX does not define and for the types we do not have (complex, float8, …).
std::optional<ElementType> element_type_from(int number);

}  // namespace aml::model
