#include "model/graph.h"

#include <doctest/doctest.h>

#include "model/execute.h"

using namespace aml::model;

namespace {
std::string small_model() {
  GraphBuilder graph("small");
  const std::string x = graph.input({"x", ElementType::float64, {-1, 1}});
  const std::string mean = graph.constant("mean", scalar(2));
  const std::string centred = graph.add({.op = "Sub", .inputs = {x, mean}});
  graph.output({"score", ElementType::float64, {-1, 1}}, centred);
  graph.metadata("aml.format", "1");
  return graph.finish();
}
}  // namespace

TEST_CASE("the same calls give the same bytes") { CHECK(small_model() == small_model()); }

TEST_CASE("a written model is read with its inputs, outputs, metadata and operator sets") {
  const Model model = load_model(small_model(), "small").value();
  CHECK(model.inputs() == std::vector<ValueSpec>{{"x", ElementType::float64, {-1, 1}}});
  CHECK(model.outputs() == std::vector<ValueSpec>{{"score", ElementType::float64, {-1, 1}}});
  CHECK(model.metadata().at("aml.format") == "1");
  CHECK(model.opsets().at("ai.onnx") == kOpset);
  CHECK(model.opsets().at("ai.onnx.ml") == kMlOpset);
  CHECK(model.producer() == "amltools");
  CHECK(model.node_count() == 2);  // Sub, and the Identity that names the output
}

TEST_CASE("a constant whose name is taken gets a number") {
  GraphBuilder graph("names");
  CHECK(graph.constant("c", scalar(1)) == "c");
  CHECK(graph.constant("c", scalar(2)) == "c_1");
}
