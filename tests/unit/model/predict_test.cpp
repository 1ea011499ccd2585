#include "model/predict.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "one_node.h"

using namespace aml;
using namespace aml::model;

namespace {

BatchScorer doubling_scorer(const std::string& input) {
  const std::string bytes = one_node_model({.op = "LinearRegressor",
                                            .domain = std::string(kMlDomain),
                                            .attributes = {{"coefficients", std::vector<float>{2}}}},
                                           {{input, ElementType::float32, {-1, 1}}});
  return BatchScorer::create(std::make_shared<const Model>(load_model(bytes, "double").value())).value();
}

Result<std::string> predict(const BatchScorer& scorer, const std::string& csv, Columns columns) {
  table::ReadOptions options;
  options.batch_rows = 2;
  const auto reader = TRY(table::open_reader(std::make_unique<StringSource>(csv), "t.csv", options, nullptr));
  StringSink sink;
  const PredictReport report = TRY(predict_table(*reader, scorer, columns, sink, {}));
  const Unconverted& odd = report.unconverted.front();
  return fmt::format("{}{} rows, {} odd{}", sink.text(), report.rows, odd.count,
                     odd.first.empty() ? "" : " " + odd.first);
}

}  // namespace

TEST_CASE("predictions stand behind the columns of the table, over all batches") {
  const BatchScorer scorer = doubling_scorer("x");
  CHECK(predict(scorer, "name,x\na,1\nb,2.5\nc,\n", Columns::all).value() ==
        "name,x,score\na,1,2\nb,2.5,5\nc,,nan\n3 rows, 0 odd");
  CHECK(predict(scorer, "name,x\na,1\nb,oops\nc,3\n", Columns::predictions).value() ==
        "score\n2\nnan\n6\n3 rows, 1 odd t.csv:3: 'oops'");
  CHECK(predict(scorer, "x\n1\n2\n3\n?\n!\n", Columns::predictions).value() ==
        "score\n2\n4\n6\nnan\nnan\n5 rows, 2 odd t.csv:5: '?'");
}

TEST_CASE("a table without rows gets its header") {
  CHECK(predict(doubling_scorer("x"), "x\n", Columns::all).value() == "x,score\n0 rows, 0 odd");
}

TEST_CASE("a missing column, or one with the name of a prediction, is refused before anything is written") {
  const BatchScorer scorer = doubling_scorer("x");
  CHECK(predict(scorer, "y\n1\n", Columns::all).error().kind == ErrorKind::bad_data);
  const auto twice = predict(scorer, "x,score\n1,2\n", Columns::all);
  CHECK(twice.error().message == "the table already has a column 'score'");
  CHECK(predict(scorer, "x,score\n1,2\n", Columns::predictions).ok());
}
