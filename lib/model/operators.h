// The operator tables of the op_*.cpp files, and the one list of them.
#pragma once

#include <span>

#include "model/operator.h"

namespace aml::model {

std::span<const Operator> unary_operators();     // one tensor, element by element
std::span<const Operator> binary_operators();    // several tensors, element by element, with broadcasting
std::span<const Operator> reduce_operators();    // sums, means, extremes along axes
std::span<const Operator> order_operators();     // ArgMax, TopK and others that compare along an axis
std::span<const Operator> shape_operators();     // same elements, another shape
std::span<const Operator> select_operators();    // picks, repeats and joins elements
std::span<const Operator> matrix_operators();    // MatMul, Gemm
std::span<const Operator> softmax_operators();   // Softmax and its kin
std::span<const Operator> cast_operators();      // one element type to another
std::span<const Operator> constant_operators();  // tensors out of attributes and shapes
std::span<const Operator> feature_operators();   // ai.onnx.ml: scaling, imputation, normalisation
std::span<const Operator> category_operators();  // ai.onnx.ml: one-hot and label encoding, ZipMap
std::span<const Operator> linear_operators();    // ai.onnx.ml: linear models
std::span<const Operator> tree_operators();      // ai.onnx.ml: tree ensembles

std::span<const std::span<const Operator>> operator_tables();

}  // namespace aml::model
