#include "learn/feature_graph.h"

#include <cmath>

#include "model/execute.h"
#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

FeatureTable encode(const std::string& csv) {
  const table::Table table = table_of(csv);
  RowOrder order{.position = {}, .train_rows = table.rows, .rows = table.rows};
  for (uint32_t row = 0; row < table.rows; ++row) order.position.push_back(row);
  auto features = encode_columns(table, order, {}, nullptr);
  REQUIRE(features.ok());
  return *features;
}

}  // namespace

TEST_CASE("the graph computes the features that training saw") {
  const FeatureTable table = encode("y,x,colour\na,1,red\nb,,blue\na,3,\n");
  model::GraphBuilder graph("features");
  const std::string features = add_features(graph, table.columns, NumberStyle::scaled);
  graph.output({"features", model::ElementType::float64, {-1, 5}}, features);
  auto model = model::load_model(graph.finish(), "features.onnx");
  if (!model.ok()) FAIL(model.error().message);
  const std::vector<model::Tensor> inputs = {
      {model::ElementType::float64, {4, 1}, std::vector<double>{1, std::nan(""), 3, 10}},
      {model::ElementType::string, {4, 1}, std::vector<std::string>{"red", "blue", "", "green"}}};
  auto outputs = model::run(*model, inputs);
  if (!outputs.ok()) FAIL(outputs.error().message);
  const auto values = (*outputs)[0].values<double>();
  // x scaled by mean 2 and deviation 1, whether x was missing, then the categories "", blue, red.
  const std::vector<double> expected = {-1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 8, 0, 0, 0, 0};
  CHECK(std::vector<double>(values.begin(), values.end()) == expected);
}

TEST_CASE("the schema names inputs, label, classes and task") {
  const table::Table table = table_of("y,x,same\na,1,k\nb,2,k\n");
  const auto labels = read_labels(table, 0);
  REQUIRE(labels.ok());
  CHECK(schema_of(encode("y,x,same\na,1,k\nb,2,k\n").columns, *labels).dump() ==
        R"({"inputs":[{"name":"x","type":"integer"}],"label":{"name":"y","type":"text"},"classes":["a","b"],)"
        R"("task":"classification"})");
}

TEST_CASE("names that a graph cannot hold twice are refused") {
  CHECK(check_input_names(encode("y,x\na,1\nb,2\n").columns, model::Task::classification).ok());
  CHECK_FALSE(check_input_names(encode("y,probabilities\na,1\nb,2\n").columns, model::Task::classification).ok());
  CHECK(check_input_names(encode("y,score\na,1\nb,2\n").columns, model::Task::classification).ok());
  CHECK_FALSE(check_input_names(encode("y,score\na,1\nb,2\n").columns, model::Task::regression).ok());
}

}  // namespace aml::learn
