#include "model/signature.h"

#include <doctest/doctest.h>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {
Model load(const std::string& bytes) { return std::move(load_model(bytes, "m")).value(); }

std::string classifier(const std::string& schema) {
  GraphBuilder graph("c");
  const std::string x = graph.input({"x", ElementType::float64, {-1, 1}});
  const std::string scores = graph.add({.op = "Concat", .inputs = {x, x}, .attributes = {{"axis", int64_t{1}}}});
  graph.output({"label", ElementType::int64, {-1, 1}},
               graph.add({.op = "ArgMax", .inputs = {scores}, .attributes = {{"axis", int64_t{1}}}}));
  graph.output({"scores", ElementType::float64, {-1, 2}}, scores);
  if (!schema.empty()) graph.metadata("aml.schema", schema);
  return graph.finish();
}
}  // namespace

TEST_CASE("a model from elsewhere is described by its graph") {
  const Signature signature = read_signature(load(classifier("")), {}).value();
  CHECK(signature.task == Task::classification);
  CHECK(signature.columns == table::Schema({{"x", table::ColumnType::float64}}));
  CHECK(signature.classes == std::vector<std::string>{"0", "1"});
  CHECK(!signature.is_ours);
  CHECK(to_json(signature).dump() ==
        R"({"task":"classification","inputs":[{"name":"x","type":"number"}],"label":{"name":"","type":"integer"},)"
        R"("classes":["0","1"]})");
}

TEST_CASE("a schema that contradicts the graph is refused") {
  const auto error_of = [](const std::string& schema) {
    const auto result = read_signature(load(classifier(schema)), {});
    return result.ok() ? "no error" : result.error().message;
  };
  CHECK(error_of(R"({"task":"regression"})") == "model 'm': aml.schema says 'regression', the graph does not");
  CHECK(error_of(R"({"task":"classification","inputs":[{"name":"y","type":"number"}]})") ==
        "model 'm': aml.schema does not name the input 'x'");
  CHECK(error_of(R"({"task":"classification","inputs":[]})") ==
        "model 'm': aml.schema names other inputs than the graph");
  CHECK(error_of("{").starts_with("model 'm': aml.schema:1:2: "));
}

TEST_CASE("columns cannot be named for a model that names its own") {
  const std::string bytes =
      one_node_model({.op = "Add"}, {{"a", ElementType::float32, {-1, 1}}, {"b", ElementType::float32, {-1, 1}}});
  CHECK(read_signature(load(bytes), {"a", "b"}).error().kind == ErrorKind::usage);
}
