#include "model/score.h"

#include <doctest/doctest.h>

#include <cmath>

#include "one_node.h"
#include "table/column.h"

using namespace aml;
using namespace aml::model;

namespace {

table::ColumnPtr text_column(const std::vector<std::string>& cells) {
  table::ColumnBuilder builder(table::ColumnType::text);
  for (const std::string& cell : cells) {
    if (cell.empty()) {
      builder.append_missing();
    } else {
      builder.append_owned_text(cell);
    }
  }
  return builder.finish();
}

table::Batch table_of(const std::vector<std::pair<std::string, std::vector<std::string>>>& columns) {
  table::Batch batch;
  std::vector<table::Field> fields;
  for (const auto& [name, cells] : columns) {
    fields.push_back({name, table::ColumnType::text});
    batch.columns.push_back(text_column(cells));
    batch.rows = cells.size();
  }
  batch.schema = std::make_shared<const table::Schema>(std::move(fields));
  batch.origin.source = std::make_shared<const std::string>("t.csv");
  return batch;
}

std::shared_ptr<const Model> load(const std::string& bytes) {
  return std::make_shared<const Model>(std::move(load_model(bytes, "m")).value());
}

// A model as our learners write it: the score is 2 · size, the island is looked at only in being there.
std::string our_classifier() {
  GraphBuilder graph("ours");
  const std::string size = graph.input({"size", ElementType::float64, {-1, 1}});
  graph.input({"island", ElementType::string, {-1, 1}});
  const std::string zero = graph.add({.op = "Sub", .inputs = {size, size}});
  const std::string scores = graph.add({.op = "Concat", .inputs = {zero, size}, .attributes = {{"axis", int64_t{1}}}});
  const std::string softmax = graph.add({.op = "Softmax", .inputs = {scores}});
  const std::string narrow =
      graph.add({.op = "Cast", .inputs = {softmax}, .attributes = {{"to", ElementType::float32}}});
  const std::string best =
      graph.add({.op = "ArgMax", .inputs = {scores}, .attributes = {{"axis", int64_t{1}}, {"keepdims", int64_t{0}}}});
  const std::string classes = graph.constant("classes", vector_of(std::vector<std::string>{"7", "8"}));
  graph.output({"label", ElementType::string, {-1}}, graph.add({.op = "Gather", .inputs = {classes, best}}));
  graph.output({"probabilities", ElementType::float32, {-1, 2}}, narrow);
  graph.metadata("aml.schema",
                 R"({"task":"classification","inputs":[{"name":"island","type":"text"},)"
                 R"({"name":"size","type":"number"}],"label":{"name":"year","type":"integer"},"classes":["7","8"]})");
  return graph.finish();
}

std::string matrix_model() {
  return one_node_model({.op = "LinearRegressor",
                         .domain = std::string(kMlDomain),
                         .attributes = {{"coefficients", std::vector<float>{1, 10}}}},
                        {{"X", ElementType::float32, {-1, 2}}});
}

}  // namespace

TEST_CASE("our models are scored by column name, others are ignored, the label has its type") {
  const auto scorer = BatchScorer::create(load(our_classifier())).value();
  CHECK(scorer.input_schema().names() == std::vector<std::string>{"island", "size"});
  CHECK(scorer.output_schema()->names() == std::vector<std::string>{"label", "probability_7", "probability_8"});
  const auto batch = table_of({{"extra", {"x", "x"}}, {"size", {"1000", "-1000"}}, {"island", {"a", ""}}});
  const auto scored = scorer.score_counted(batch).value();
  REQUIRE(scored.batch.columns.size() == 3);
  CHECK(scored.batch.columns[0]->type() == table::ColumnType::int64);
  CHECK(scored.batch.columns[0]->ints()[0] == 8);
  CHECK(scored.batch.columns[0]->ints()[1] == 7);
  CHECK(scored.batch.columns[2]->doubles()[0] == 1);
  CHECK(scored.unconverted == std::vector<Unconverted>(2));
}

TEST_CASE("a cell that is no number is scored as missing and counted") {
  const auto scorer = BatchScorer::create(load(our_classifier())).value();
  const auto scored = scorer.score_counted(table_of({{"size", {"big", "1"}}, {"island", {"a", "b"}}})).value();
  CHECK(scored.unconverted == std::vector<Unconverted>{{}, {1, "t.csv: 'big'"}});
  CHECK(std::isnan(scored.batch.columns[1]->doubles()[0]));
}

TEST_CASE("a missing column is named, with the table and the nearest name") {
  const auto scorer = BatchScorer::create(load(our_classifier())).value();
  const auto result = scorer.score(table_of({{"sise", {"1"}}, {"island", {"a"}}}));
  REQUIRE(!result.ok());
  CHECK(result.error().message.find("'size'") != std::string::npos);
  CHECK(result.error().message.find("t.csv") != std::string::npos);
  CHECK(result.error().hint.find("sise") != std::string::npos);
}

TEST_CASE("a table without rows is scored to one without rows") {
  const auto scorer = BatchScorer::create(load(our_classifier())).value();
  const auto scored = scorer.score(table_of({{"size", {}}, {"island", {}}})).value();
  CHECK(scored.rows == 0);
  CHECK(scored.columns.size() == 3);
}

TEST_CASE("a matrix input takes named columns in the order given, or a table of its width as it stands") {
  const auto model = load(matrix_model());
  const auto batch = table_of({{"a", {"1"}}, {"b", {"2"}}});
  const auto by_position = BatchScorer::create(model).value();
  CHECK(by_position.score(batch).value().columns[0]->doubles()[0] == 21);
  const auto by_name = BatchScorer::create(model, {.input_columns = {"b", "a"}}).value();
  CHECK(by_name.score(batch).value().columns[0]->doubles()[0] == 12);
  const auto too_wide = by_position.score(table_of({{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}}));
  CHECK(too_wide.error().message == "the model takes 2 columns without names, t.csv has 3");
  CHECK(too_wide.error().hint == "name them in order with --input-columns");
  CHECK(!BatchScorer::create(model, {.input_columns = {"a"}}).ok());
}

TEST_CASE("an integer input has no value for a missing cell") {
  const auto scorer =
      BatchScorer::create(load(one_node_model({.op = "Cast", .attributes = {{"to", ElementType::float32}}},
                                              {{"n", ElementType::int64, {-1, 1}}})))
          .value();
  CHECK(scorer.score(table_of({{"n", {"4"}}})).value().columns[0]->doubles()[0] == 4);
  CHECK(scorer.score(table_of({{"n", {""}}})).error().message ==
        "t.csv: column 'n' has no value, but the model's input is integer");
}

TEST_CASE("scores are the shortest decimals that name the float") {
  const auto scorer =
      BatchScorer::create(load(one_node_model({.op = "Identity"}, {{"n", ElementType::float32, {-1, 1}}}))).value();
  CHECK(scorer.score(table_of({{"n", {"0.9"}}})).value().columns[0]->doubles()[0] == 0.9);
}
