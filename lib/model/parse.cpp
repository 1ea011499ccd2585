#include "model/parse.h"

#include <google/protobuf/io/coded_stream.h>

#include <set>

#include "model/operator.h"
#include "model/wire.h"

namespace aml::model {
namespace {

constexpr int kRecursionMax = 32;  // nested messages; deeper only with control flow, which is not supported

std::string domain_name(const std::string& domain) { return domain.empty() ? "ai.onnx" : domain; }

Result<Attribute> read_attribute(const onnx::AttributeProto& proto, const LoadLimits& limits) {
  using Type = onnx::AttributeProto;
  switch (proto.type()) {
    case Type::INT: return Attribute(proto.i());
    case Type::FLOAT: return Attribute(proto.f());
    case Type::STRING: return Attribute(proto.s());
    case Type::INTS: return Attribute(std::vector<int64_t>(proto.ints().begin(), proto.ints().end()));
    case Type::FLOATS: return Attribute(std::vector<float>(proto.floats().begin(), proto.floats().end()));
    case Type::STRINGS: return Attribute(std::vector<std::string>(proto.strings().begin(), proto.strings().end()));
    case Type::TENSOR: return Attribute(TRY(read_tensor(proto.t(), limits.elements_max)));
    default:
      return data_error("attribute '{}' holds a graph, sparse tensor or type, which is not supported", proto.name());
  }
}

std::string place_of(const onnx::NodeProto& proto, int number) {
  if (!proto.name().empty()) return fmt::format("node '{}' ({})", proto.name(), proto.op_type());
  return fmt::format("node {} ({})", number, proto.op_type());
}

Result<ParsedNode> read_node(const onnx::NodeProto& proto, int number, const LoadLimits& limits) {
  ParsedNode node;
  node.place = place_of(proto, number);
  node.spec.op = proto.op_type();
  node.spec.domain = proto.domain() == "ai.onnx" ? "" : proto.domain();
  node.spec.inputs.assign(proto.input().begin(), proto.input().end());
  node.spec.outputs.assign(proto.output().begin(), proto.output().end());
  std::set<std::string_view> names;
  for (const onnx::AttributeProto& attribute : proto.attribute()) {
    if (!names.insert(attribute.name()).second) {
      return data_error("{}: attribute '{}' stands there twice", node.place, attribute.name());
    }
    auto value = TRY(with_context(read_attribute(attribute, limits), node.place));
    node.spec.attributes.emplace_back(attribute.name(), std::move(value));
  }
  return node;
}

// ZipMap's output is a list of maps; for us it stays the matrix it was made from.
Result<ElementType> element_type_of(const onnx::TypeProto& type) {
  int number = type.tensor_type().elem_type();
  if (type.has_sequence_type() && type.sequence_type().elem_type().has_map_type()) {
    number = type.sequence_type().elem_type().map_type().value_type().tensor_type().elem_type();
  } else if (!type.has_tensor_type()) {
    return data_error("it is no tensor; sequences, maps and optional values are not supported");
  }
  const auto known = element_type_from(number);
  if (!known) return data_error("element type {} is not supported", number);
  return *known;
}

Result<ValueSpec> read_value(const onnx::ValueInfoProto& proto) {
  ValueSpec spec;
  spec.name = proto.name();
  spec.type = TRY(element_type_of(proto.type()));
  spec.has_shape = proto.type().has_tensor_type() && proto.type().tensor_type().has_shape();
  for (const auto& dim : proto.type().tensor_type().shape().dim()) {
    spec.shape.push_back(dim.has_dim_value() && dim.dim_value() >= 0 ? dim.dim_value() : -1);
  }
  return spec;
}

Status read_values(const onnx::GraphProto& graph, ParsedModel& model) {
  std::set<std::string_view> constants;
  for (const auto& [name, value] : model.constants) constants.insert(name);
  for (const onnx::ValueInfoProto& input : graph.input()) {
    if (constants.contains(input.name())) continue;
    model.inputs.push_back(TRY(with_context(read_value(input), fmt::format("input '{}'", input.name()))));
  }
  for (const onnx::ValueInfoProto& output : graph.output()) {
    model.outputs.push_back(TRY(with_context(read_value(output), fmt::format("output '{}'", output.name()))));
  }
  return {};
}

Status read_graph(const onnx::GraphProto& graph, const LoadLimits& limits, ParsedModel& model) {
  if (static_cast<size_t>(graph.node_size()) > limits.nodes_max) {
    return data_error("{} nodes, at most {} are allowed", graph.node_size(), limits.nodes_max);
  }
  if (graph.sparse_initializer_size() != 0) return data_error("sparse initializers are not supported");
  for (const onnx::TensorProto& initializer : graph.initializer()) {
    model.constants.emplace_back(initializer.name(), TRY(read_tensor(initializer, limits.elements_max)));
  }
  TRY(read_values(graph, model));
  for (int i = 0; i < graph.node_size(); ++i) model.nodes.push_back(TRY(read_node(graph.node(i), i, limits)));
  return {};
}

Status read_opsets(const onnx::ModelProto& proto, ParsedModel& model) {
  for (const onnx::OperatorSetIdProto& opset : proto.opset_import()) {
    model.opsets[domain_name(opset.domain())] = opset.version();
  }
  const auto check = [&](std::string_view domain, int64_t newest) -> Status {
    const auto found = model.opsets.find(std::string(domain));
    if (found == model.opsets.end() || found->second <= newest) return {};
    return Error{
        ErrorKind::bad_data,
        fmt::format("operator set {} {} is newer than {}, the newest supported here", domain, found->second, newest),
        fmt::format("export the model with target_opset {} or lower", newest)};
  };
  TRY(check("ai.onnx", kNewestOpset));
  return check(kMlDomain, kNewestMlOpset);
}

Result<onnx::ModelProto> decode(std::string_view bytes, const LoadLimits& limits) {
  if (bytes.empty()) return data_error("the file is empty");
  if (bytes.size() > limits.bytes_max || bytes.size() > INT32_MAX) {
    return data_error("{} bytes, at most {} are allowed", bytes.size(), limits.bytes_max);
  }
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const uint8_t*>(bytes.data()),
                                                static_cast<int>(bytes.size()));
  stream.SetRecursionLimit(kRecursionMax);
  onnx::ModelProto proto;
  if (!proto.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
    return Error{ErrorKind::bad_data, "not a whole ONNX file", "it may be cut short or be of another kind"};
  }
  // Protobuf accepts nearly any bytes as a message without known fields.
  if (!proto.has_graph() || proto.opset_import_size() == 0) {
    return Error{ErrorKind::bad_data, "not an ONNX model: it has no graph or no operator set",
                 "amlrun train and skl2onnx write ONNX models"};
  }
  return proto;
}

}  // namespace

Result<ParsedModel> parse_model(std::string_view bytes, const LoadLimits& limits) {
  const onnx::ModelProto proto = TRY(decode(bytes, limits));
  if (proto.functions_size() != 0) return data_error("functions defined in the model are not supported");
  ParsedModel model;
  model.producer = proto.producer_name();
  if (!proto.producer_version().empty()) model.producer += " " + proto.producer_version();
  for (const auto& entry : proto.metadata_props()) model.metadata[entry.key()] = entry.value();
  TRY(read_opsets(proto, model));
  TRY(read_graph(proto.graph(), limits, model));
  return model;
}

}  // namespace aml::model
