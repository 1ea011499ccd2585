#include "model/graph.h"

#include <fmt/format.h>

#include <set>

#include "base/check.h"
#include "model/wire.h"

namespace aml::model {
namespace {

void write_value(const ValueSpec& spec, onnx::ValueInfoProto& proto) {
  proto.set_name(spec.name);
  auto& type = *proto.mutable_type()->mutable_tensor_type();
  type.set_elem_type(static_cast<int>(spec.type));
  if (!spec.has_shape) return;
  auto& shape = *type.mutable_shape();
  for (const int64_t size : spec.shape) {
    if (size < 0) {
      shape.add_dim()->set_dim_param("N");
    } else {
      shape.add_dim()->set_dim_value(size);
    }
  }
}

// One overload per alternative of Attribute.
struct AttributeWriter {
  onnx::AttributeProto& proto;

  void operator()(int64_t value) const {
    proto.set_type(onnx::AttributeProto::INT);
    proto.set_i(value);
  }
  void operator()(float value) const {
    proto.set_type(onnx::AttributeProto::FLOAT);
    proto.set_f(value);
  }
  void operator()(ElementType value) const { (*this)(static_cast<int64_t>(value)); }
  void operator()(const std::string& value) const {
    proto.set_type(onnx::AttributeProto::STRING);
    proto.set_s(value);
  }
  void operator()(const std::vector<int64_t>& values) const {
    proto.set_type(onnx::AttributeProto::INTS);
    proto.mutable_ints()->Assign(values.begin(), values.end());
  }
  void operator()(const std::vector<float>& values) const {
    proto.set_type(onnx::AttributeProto::FLOATS);
    proto.mutable_floats()->Assign(values.begin(), values.end());
  }
  void operator()(const std::vector<std::string>& values) const {
    proto.set_type(onnx::AttributeProto::STRINGS);
    for (const std::string& value : values) proto.add_strings(value);
  }
  void operator()(const Tensor& value) const {
    proto.set_type(onnx::AttributeProto::TENSOR);
    write_tensor(value, *proto.mutable_t());
  }
};

}  // namespace

struct GraphBuilder::Proto {
  onnx::ModelProto model;
  std::set<std::string> names;  // of all values, so that each is given once
};

GraphBuilder::GraphBuilder(std::string name) : proto_(std::make_unique<Proto>()) {
  onnx::ModelProto& model = proto_->model;
  model.set_ir_version(kIrVersion);
  model.set_producer_name("amltools");
  model.add_opset_import()->set_version(kOpset);
  auto* ml = model.add_opset_import();
  ml->set_domain(std::string(kMlDomain));
  ml->set_version(kMlOpset);
  model.mutable_graph()->set_name(std::move(name));
}
GraphBuilder::~GraphBuilder() = default;
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;

std::string GraphBuilder::unique_name(const std::string& wanted) {
  std::string name = wanted;
  for (size_t n = 1; !proto_->names.insert(name).second; ++n) name = fmt::format("{}_{}", wanted, n);
  return name;
}

std::string GraphBuilder::input(const ValueSpec& spec) {
  AML_CHECK(proto_->names.insert(spec.name).second);
  write_value(spec, *proto_->model.mutable_graph()->add_input());
  return spec.name;
}

std::string GraphBuilder::constant(const std::string& name, const Tensor& value) {
  auto& initializer = *proto_->model.mutable_graph()->add_initializer();
  write_tensor(value, initializer);
  initializer.set_name(unique_name(name));
  return initializer.name();
}

std::string GraphBuilder::add(const NodeSpec& spec) {
  onnx::GraphProto& graph = *proto_->model.mutable_graph();
  auto& node = *graph.add_node();
  node.set_name(fmt::format("{}_{}", spec.op, graph.node_size()));
  node.set_op_type(spec.op);
  node.set_domain(spec.domain);
  for (const std::string& input : spec.inputs) node.add_input(input);
  for (const auto& [name, value] : spec.attributes) {
    auto& attribute = *node.add_attribute();
    attribute.set_name(name);
    std::visit(AttributeWriter{attribute}, value);
  }
  if (spec.outputs.empty()) {
    node.add_output(unique_name(node.name() + "_out"));
    return node.output(0);
  }
  for (const std::string& output : spec.outputs) {
    AML_CHECK(output.empty() || proto_->names.insert(output).second);
    node.add_output(output);
  }
  return node.output(0);
}

void GraphBuilder::output(const ValueSpec& spec, const std::string& value) {
  if (value != spec.name) add({.op = "Identity", .inputs = {value}, .outputs = {spec.name}});
  write_value(spec, *proto_->model.mutable_graph()->add_output());
}

void GraphBuilder::metadata(const std::string& key, const std::string& value) {
  auto& entry = *proto_->model.add_metadata_props();
  entry.set_key(key);
  entry.set_value(value);
}

std::string GraphBuilder::finish() const { return proto_->model.SerializeAsString(); }

}  // namespace aml::model
