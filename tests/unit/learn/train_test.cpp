#include "learn/train.h"

#include <cmath>

#include "model/score.h"
#include "unit/learn/tables.h"

namespace aml::learn {
namespace {

TrainOptions options_of(std::string learner, std::map<std::string, std::string> params = {}) {
  TrainOptions options;
  options.learner = std::move(learner);
  options.label = "kind";
  options.params = std::move(params);
  options.version = "0.0.0";
  return options;
}

TrainedModel train_ok(const table::Table& table, const TrainOptions& options) {
  RecordedProgress progress;
  auto model = train(table, options, progress, nullptr);
  if (!model.ok()) FAIL(model.error().message);
  return std::move(model).value();
}

Error train_error(const std::string& csv, const TrainOptions& options) {
  RecordedProgress progress;
  const auto model = train(table_of(csv), options, progress, nullptr);
  REQUIRE_FALSE(model.ok());
  return model.error();
}

// Scores `csv` with the executor, through the whole graph.
table::Batch score(const std::string& onnx, const table::Table& table) {
  auto loaded = model::load_model(onnx, "test.onnx");
  if (!loaded.ok()) FAIL(loaded.error().message);
  auto scorer = model::BatchScorer::create(std::make_shared<const model::Model>(std::move(loaded).value()));
  if (!scorer.ok()) FAIL(scorer.error().message);
  auto scored = scorer->score(table.batches[0]);
  if (!scored.ok()) FAIL(scored.error().message);
  return std::move(scored).value();
}

std::string text_at(const table::Column& column, size_t row) {
  std::string text;
  column.append_text(text, row);
  return text;
}

}  // namespace

TEST_CASE("the same bytes come out for any number of threads and every level") {
  const table::Table two = table_of(flowers_csv(3000, 2)), three = table_of(flowers_csv(3000, 3));
  const table::Table number = table_of(flowers_csv(3000, 0));
  for (const char* learner : {"fast_trees", "logistic_regression"})
    for (const table::Table* table : {&two, &three, &number}) {
      if (table == &number && std::string_view(learner) != "fast_trees") continue;
      TrainOptions options = options_of(learner);
      if (std::string_view(learner) == "fast_trees") options.params = {{"num_trees", "10"}};
      options.level = kernel::Level::baseline;
      const TrainedModel expected = train_ok(*table, options);
      for (const kernel::Level level : kernel::available_levels())
        for (const unsigned threads : {1U, 2U, 8U}) {
          options.level = level;
          options.threads = threads;
          const TrainedModel model = train_ok(*table, options);
          CHECK(model.onnx == expected.onnx);
          CHECK(model.summary.dump() == expected.summary.dump());
        }
    }
}

TEST_CASE("scoring the held-out rows through the graph gives the metrics of training") {
  const std::string csv = flowers_csv(500, 3);
  const table::Table table = table_of(csv);
  for (const char* learner : {"fast_trees", "logistic_regression"}) {
    const TrainOptions options = options_of(learner);
    const TrainedModel model = train_ok(table, options);
    const table::Batch scored = score(model.onnx, table);
    const auto labels = read_labels(table, 4);
    REQUIRE(labels.ok());
    const RowOrder order = choose_holdout(*labels, {.fraction = options.validation, .seed = options.seed});
    uint64_t rows = 0, hits = 0;
    double loss = 0;
    for (size_t row = 0; row < table.rows; ++row) {
      if (order.position[row] < order.train_rows) continue;
      ++rows;
      const uint32_t truth = labels->codes[row];
      hits += text_at(*scored.columns[0], row) == labels->classes[truth] ? 1 : 0;
      loss -= std::log(scored.columns[1 + truth]->doubles()[row]);
    }
    CHECK(rows == model.validation.rows);
    CHECK(static_cast<double>(hits) / static_cast<double>(rows) == doctest::Approx(*model.validation.accuracy.value));
    CHECK(loss / static_cast<double>(rows) == doctest::Approx(*model.validation.log_loss.value).epsilon(1e-5));
    CHECK(*model.validation.accuracy.value > 0.85);
  }
}

TEST_CASE("a regression's graph gives the predictions of training") {
  const table::Table table = table_of(flowers_csv(500, 0));
  const TrainedModel model = train_ok(table, options_of("fast_trees"));
  CHECK(model.validation.task == model::Task::regression);
  CHECK(*model.validation.r2.value > 0.9);
  const table::Batch scored = score(model.onnx, table);
  double squares = 0;
  for (size_t row = 0; row < table.rows; ++row) {
    const double error = scored.columns[0]->doubles()[row] - table.batches[0].columns[4]->doubles()[row];
    squares += error * error;
  }
  CHECK(std::sqrt(squares / static_cast<double>(table.rows)) < *model.validation.rmse.value);
}

TEST_CASE("scoring takes new categories, missing cells and dates") {
  std::string csv = "kind,day,colour,x\n";
  for (int i = 0; i < 200; ++i)
    csv += fmt::format("{},2020-01-{:02},{},{}\n", i % 28 < 14 ? "early" : "late", i % 28 + 1,
                       i % 3 == 0 ? "red" : "blue", i % 7 == 0 ? "" : fmt::format("{}.5", i % 5));
  const table::Table news = table_of("kind,day,colour,x\n,2020-01-02,green,\n,2020-01-27,,9e9\n");
  for (const char* learner : {"fast_trees", "logistic_regression"}) {
    const TrainedModel model = train_ok(table_of(csv), options_of(learner));
    const table::Batch scored = score(model.onnx, news);
    CHECK(text_at(*scored.columns[0], 0) == "early");
    CHECK(std::isfinite(scored.columns[1]->doubles()[1]));
  }
}

TEST_CASE("metrics arrive once per iteration, held-out ones under plain names") {
  RecordedProgress progress;
  const auto model =
      train(table_of(flowers_csv(400, 2)), options_of("fast_trees", {{"num_trees", "5"}}), progress, nullptr);
  REQUIRE(model.ok());
  CHECK(progress.steps == std::vector<uint64_t>{1, 2, 3, 4, 5});
  CHECK(progress.last_of("accuracy") == doctest::Approx(*model->validation.accuracy.value));
  CHECK(progress.last_of("log_loss") == doctest::Approx(*model->validation.log_loss.value));
  CHECK(progress.last_of("train_log_loss") < 0.6);
}

TEST_CASE("without held-out rows only training metrics are reported") {
  RecordedProgress progress;
  TrainOptions options = options_of("logistic_regression");
  options.validation = 0;
  const auto model = train(table_of(flowers_csv(100, 2)), options, progress, nullptr);
  REQUIRE(model.ok());
  CHECK(model->validation.rows == 0);
  CHECK(model->train_rows == 100);
  CHECK(progress.last.size() == 2);
  CHECK(progress.last_of("train_accuracy") > 0.8);
}

TEST_CASE("a request to stop ends training") {
  for (const char* learner : {"fast_trees", "logistic_regression"}) {
    Cancel cancel;
    RecordedProgress progress;
    progress.cancel = &cancel;
    progress.cancel_at = 2;
    const auto model = train(table_of(flowers_csv(400, 2)), options_of(learner), progress, &cancel);
    REQUIRE_FALSE(model.ok());
    CHECK(model.error().kind == ErrorKind::interrupted);
    CHECK(progress.steps.size() == 2);
  }
}

TEST_CASE("mistakes are named, with what was probably meant") {
  const std::string csv = flowers_csv(50, 2);
  CHECK(train_error(csv, options_of("fast_tree")).hint == "did you mean 'fast_trees'?");
  CHECK(train_error(csv, options_of("fast_trees", {{"num_leafs", "3"}})).hint == "did you mean 'num_leaves'?");
  TrainOptions options = options_of("fast_trees");
  options.label = "kinds";
  CHECK(train_error(csv, options).hint == "did you mean 'kind'?");
  options = options_of("fast_trees");
  options.validation = 1;
  CHECK(train_error(csv, options).kind == ErrorKind::usage);
  CHECK(train_error("kind,x\n", options_of("fast_trees")).message == "no rows to learn from");
  options = options_of("fast_trees");
  options.table_name = "a.csv";
  CHECK(train_error("kind,x\na,1\na,2\n", options).message == "a.csv: label 'kind' has only one class, 'a'");
  CHECK(train_error("kinds,x\na,1\na,2\n", options).message == "a.csv: no column 'kind' in the header");
  CHECK(train_error(flowers_csv(50, 0), options_of("logistic_regression")).message ==
        "learner 'logistic_regression' predicts classes, but label 'kind' is a quantity");
  CHECK(train_error("kind,label\na,1\nb,2\n", options_of("fast_trees")).message ==
        "column 'label' has the name of another column or of an output of the model");
}

TEST_CASE("columns of no use are listed, those the user left out are not") {
  TrainOptions options = options_of("fast_trees", {{"num_trees", "1"}});
  options.drop = {"width"};
  std::string csv = "kind,width,x,same\n";
  for (int i = 0; i < 40; ++i) csv += fmt::format("{},{},{},k\n", i % 2 == 0 ? "a" : "b", i, i % 4);
  const TrainedModel model = train_ok(table_of(csv), options);
  REQUIRE(model.dropped.size() == 1);
  CHECK(model.dropped[0].first == "same");
  CHECK(model.summary["schema"]["inputs"].items().size() == 1);
}

TEST_CASE("a label that nothing explains still makes a model") {
  std::string csv = "kind,x\n";
  for (int i = 0; i < 40; ++i) csv += fmt::format("{},{}\n", i % 2 == 0 ? "a" : "b", i % 4 < 2 ? 1 : 2);
  for (const char* learner : {"fast_trees", "logistic_regression"}) {
    const table::Table table = table_of(csv);
    const TrainedModel model = train_ok(table, options_of(learner));
    CHECK(score(model.onnx, table).columns[1]->doubles()[0] == doctest::Approx(0.5).epsilon(1e-3));
  }
}

TEST_CASE("rows without a label are left out and counted") {
  const std::string csv = flowers_csv(100, 2) + "1.0,0.5,red,yes,\n";
  CHECK(train_ok(table_of(csv), options_of("fast_trees", {{"num_trees", "2"}})).rows_without_label == 1);
}

TEST_CASE("an L1 penalty removes weights and an L2 penalty shrinks them") {
  const table::Table table = table_of(flowers_csv(500, 2));
  const auto loss_with = [&](std::map<std::string, std::string> params) {
    RecordedProgress progress;
    const auto model = train(table, options_of("logistic_regression", std::move(params)), progress, nullptr);
    REQUIRE(model.ok());
    return progress.last_of("train_log_loss");
  };
  const double plain = loss_with({{"l2", "0.001"}});
  CHECK(loss_with({{"l2", "100"}}) > plain);
  CHECK(loss_with({{"l1", "20"}}) > plain);
  CHECK(loss_with({{"l1", "100000"}}) == doctest::Approx(std::log(2.0)).epsilon(0.05));
}

}  // namespace aml::learn
