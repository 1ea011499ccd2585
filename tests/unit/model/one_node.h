// Runs a graph of a single node, whose inputs are the graph's: what the operator tests share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/execute.h"
#include "model/graph.h"

namespace aml::model {

using Attributes = std::vector<std::pair<std::string, Attribute>>;

inline std::string one_node_model(NodeSpec node, const std::vector<ValueSpec>& inputs, size_t outputs = 1) {
  GraphBuilder graph("test");
  for (const ValueSpec& input : inputs) node.inputs.push_back(graph.input(input));
  for (size_t i = 0; i < outputs; ++i) node.outputs.push_back("y" + std::to_string(i));
  graph.add(node);
  for (const std::string& name : node.outputs) graph.output({.name = name, .has_shape = false}, name);
  return graph.finish();
}

inline Result<std::vector<Tensor>> run_node(const NodeSpec& node, const std::vector<Tensor>& tensors,
                                            size_t outputs = 1) {
  std::vector<ValueSpec> inputs;
  for (const Tensor& tensor : tensors) {
    inputs.push_back({.name = "x" + std::to_string(inputs.size()), .type = tensor.type(), .has_shape = false});
  }
  const Model model = TRY(load_model(one_node_model(node, inputs, outputs), "test"));
  return run(model, tensors);
}

// The operator's only output; the test fails loudly (AML_CHECK) when it does not run.
inline Tensor apply(const std::string& op, const std::vector<Tensor>& tensors, const Attributes& attributes = {}) {
  return run_node({.op = op, .attributes = attributes}, tensors).value().front();
}
inline Tensor apply_ml(const std::string& op, const std::vector<Tensor>& tensors, const Attributes& attributes = {}) {
  return run_node({.op = op, .domain = std::string(kMlDomain), .attributes = attributes}, tensors).value().front();
}

template <class T>
std::vector<T> list(const Tensor& tensor) {
  const auto values = tensor.values<T>();
  return {values.begin(), values.end()};
}

inline Tensor floats(Shape shape, std::vector<float> values) {
  return Tensor(ElementType::float32, std::move(shape), std::move(values));
}
inline Tensor doubles(Shape shape, std::vector<double> values) {
  return Tensor(ElementType::float64, std::move(shape), std::move(values));
}
inline Tensor ints(Shape shape, std::vector<int64_t> values) {
  return Tensor(ElementType::int64, std::move(shape), std::move(values));
}
inline Tensor bools(Shape shape, std::vector<uint8_t> values) {
  return Tensor(ElementType::boolean, std::move(shape), std::move(values));
}
inline Tensor words(Shape shape, std::vector<std::string> values) {
  return Tensor(ElementType::string, std::move(shape), std::move(values));
}

}  // namespace aml::model
