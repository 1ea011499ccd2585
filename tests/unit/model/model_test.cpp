#include "model/model.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include "one_node.h"
#include "onnx.pb.h"

using namespace aml;
using namespace aml::model;

namespace {

std::string error_of(std::string_view bytes, const LoadLimits& limits = {}) {
  const auto result = load_model(bytes, "m.onnx", limits);
  if (result.ok()) return "no error";
  CHECK(result.error().kind == ErrorKind::bad_data);
  return result.error().message;
}

onnx::ModelProto add_model() {
  onnx::ModelProto proto;
  proto.ParseFromString(one_node_model(
      {.op = "Add"}, {{.name = "a", .type = ElementType::float32}, {.name = "b", .type = ElementType::float32}}));
  return proto;
}

}  // namespace

TEST_CASE("bytes that are no model are one clear error") {
  CHECK(error_of("") == "cannot load model 'm.onnx': the file is empty");
  CHECK(error_of("hello, world") == "cannot load model 'm.onnx': not a whole ONNX file");
  CHECK(error_of(std::string(64, '\0')) == "cannot load model 'm.onnx': not a whole ONNX file");
  CHECK(error_of(onnx::ModelProto().SerializeAsString()) == "cannot load model 'm.onnx': the file is empty");
}

TEST_CASE("a model cut short anywhere is an error or still a model, never a crash") {
  const std::string bytes = add_model().SerializeAsString();
  for (size_t size = 0; size < bytes.size(); ++size) (void)load_model(bytes.substr(0, size), "cut");
  CHECK(error_of(bytes.substr(0, bytes.size() / 2)) == "cannot load model 'm.onnx': not a whole ONNX file");
}

TEST_CASE("a model with any one byte changed loads or is refused, never a crash") {
  const std::string bytes = add_model().SerializeAsString();
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      (void)load_model(changed, "changed");
    }
  }
}

TEST_CASE("an unknown operator is named with its node") {
  auto proto = add_model();
  proto.mutable_graph()->mutable_node(0)->set_op_type("Frobnicate");
  proto.mutable_graph()->mutable_node(0)->set_name("f");
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'f' (Frobnicate): operator 'ai.onnx.Frobnicate' is not supported");
}

TEST_CASE("operator sets older or newer than the kernels are refused") {
  auto proto = add_model();
  proto.mutable_opset_import(0)->set_version(6);
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'Add_1' (Add): 'Add' of operator set 6 is not supported, only from 7 on");
  proto.mutable_opset_import(0)->set_version(99);
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': operator set ai.onnx 99 is newer than 23, the newest supported here");
}

TEST_CASE("a value used before it is made, or made twice, is refused") {
  auto proto = add_model();
  proto.mutable_graph()->mutable_node(0)->set_input(0, "nowhere");
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'Add_1' (Add): value 'nowhere' is used before anything made it");
  proto = add_model();
  proto.mutable_graph()->mutable_node(0)->set_output(0, "a");
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'Add_1' (Add): value 'a' is made twice");
}

TEST_CASE("a node with too few or too many inputs is refused") {
  auto proto = add_model();
  proto.mutable_graph()->mutable_node(0)->mutable_input()->RemoveLast();
  CHECK(error_of(proto.SerializeAsString()) == "cannot load model 'm.onnx': node 'Add_1' (Add): input 2 is missing");
  proto.mutable_graph()->mutable_node(0)->add_input("b");
  proto.mutable_graph()->mutable_node(0)->add_input("b");
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'Add_1' (Add): 3 inputs, at most 2 are defined");
}

TEST_CASE("an attribute the operator does not know is refused, not ignored") {
  auto proto = add_model();
  auto& attribute = *proto.mutable_graph()->mutable_node(0)->add_attribute();
  attribute.set_name("axis");
  attribute.set_type(onnx::AttributeProto::INT);
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': node 'Add_1' (Add): attribute 'axis' is not supported");
}

TEST_CASE("tensors that lie about their size are refused before anything is allocated") {
  auto proto = add_model();
  auto& tensor = *proto.mutable_graph()->add_initializer();
  tensor.set_name("w");
  tensor.set_data_type(1);
  tensor.add_dims(int64_t{1} << 40);
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': tensor 'w' has the impossible or too large shape [1099511627776]");
  tensor.set_dims(0, 3);
  tensor.set_raw_data("1234");
  CHECK(error_of(proto.SerializeAsString()) ==
        "cannot load model 'm.onnx': tensor 'w' holds 1 elements, its shape says 3");
}

TEST_CASE("data in another file is refused: a model must not read what it names") {
  auto proto = add_model();
  auto& tensor = *proto.mutable_graph()->add_initializer();
  tensor.set_name("w");
  tensor.set_data_type(1);
  tensor.set_data_location(onnx::TensorProto::EXTERNAL);
  CHECK(error_of(proto.SerializeAsString()) == "cannot load model 'm.onnx': tensor 'w' keeps its data in another file");
}

TEST_CASE("limits on bytes and nodes hold") {
  const std::string bytes = add_model().SerializeAsString();
  CHECK(error_of(bytes, {.bytes_max = 10}) ==
        fmt::format("cannot load model 'm.onnx': {} bytes, at most 10 are allowed", bytes.size()));
  CHECK(error_of(bytes, {.nodes_max = 0}) == "cannot load model 'm.onnx': 1 nodes, at most 0 are allowed");
}

TEST_CASE("deep nesting of graphs is refused") {
  onnx::ModelProto proto = add_model();
  onnx::GraphProto* graph = proto.mutable_graph();
  for (int i = 0; i < 200; ++i) {
    auto& attribute = *graph->add_node()->add_attribute();
    attribute.set_type(onnx::AttributeProto::GRAPH);
    graph = attribute.mutable_g();
  }
  CHECK(error_of(proto.SerializeAsString()) == "cannot load model 'm.onnx': not a whole ONNX file");
}

TEST_CASE("the names of ZipMap's columns stay with the output") {
  const std::string bytes =
      one_node_model({.op = "ZipMap",
                      .domain = std::string(kMlDomain),
                      .attributes = {{"classlabels_strings", std::vector<std::string>{"no", "yes"}}}},
                     {{.name = "p", .type = ElementType::float32, .shape = {-1, 2}}});
  const Model model = load_model(bytes, "zip").value();
  CHECK(model.outputs().front().classes == std::vector<std::string>{"no", "yes"});
  CHECK(model.classes() == std::vector<std::string>{"no", "yes"});
}

TEST_CASE("known operators are listed sorted and with their domain") {
  const auto names = known_operators();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::count(names.begin(), names.end(), "ai.onnx.Add") == 1);
  CHECK(std::count(names.begin(), names.end(), "ai.onnx.ml.Scaler") == 1);
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}
