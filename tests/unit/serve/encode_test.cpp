#include "serve/encode.h"

#include <doctest/doctest.h>

#include <limits>

#include "text/json.h"

using namespace aml;
using namespace aml::serve;
using table::ColumnBuilder;
using table::ColumnType;

namespace {

table::ColumnPtr numbers(std::initializer_list<double> values) {
  ColumnBuilder builder(ColumnType::float64);
  for (const double value : values) builder.append_double(value);
  return builder.finish();
}

}  // namespace

TEST_CASE("a classification is written as labels and probabilities by class name") {
  model::Signature signature;
  signature.task = model::Task::classification;
  signature.classes = {"a\"b", "c"};
  ColumnBuilder labels(ColumnType::text);
  labels.append_owned_text("a\"b");
  labels.append_owned_text("c");
  auto schema = std::make_shared<const table::Schema>(std::vector<table::Field>{
      {"label", ColumnType::text}, {"probability_a\"b", ColumnType::float64}, {"probability_c", ColumnType::float64}});
  const table::Batch batch{schema, {labels.finish(), numbers({0.75, 0.125}), numbers({0.25, 0.875})}, 2};
  const std::string body = encode_json(batch, signature);
  CHECK(body ==
        "{\"predictions\":[{\"label\":\"a\\\"b\",\"probabilities\":{\"a\\\"b\":0.75,\"c\":0.25}},"
        "{\"label\":\"c\",\"probabilities\":{\"a\\\"b\":0.125,\"c\":0.875}}]}\n");
  CHECK(text::parse_json(body).ok());
  const auto csv = encode_csv({batch}, schema);
  REQUIRE(csv.ok());
  CHECK(*csv == "label,\"probability_a\"\"b\",probability_c\n\"a\"\"b\",0.75,0.25\nc,0.125,0.875\n");
}

TEST_CASE("a regression is written as scores, NaN as a string") {
  model::Signature signature;
  signature.task = model::Task::regression;
  auto schema = std::make_shared<const table::Schema>(std::vector<table::Field>{{"score", ColumnType::float64}});
  const table::Batch batch{schema, {numbers({1.5, std::numeric_limits<double>::quiet_NaN()})}, 2};
  CHECK(encode_json(batch, signature) == "{\"predictions\":[{\"score\":1.5},{\"score\":\"nan\"}]}\n");
}
