#include "learn/summary.h"

#include <doctest/doctest.h>

namespace aml::learn {
namespace {

TrainedModel model_of(uint64_t columns) {
  TrainedModel model;
  text::Json inputs = text::Json::array();
  for (uint64_t i = 0; i < columns; ++i) inputs.push("x");
  model.summary = text::Json::object({{"schema", text::Json::object({{"inputs", std::move(inputs)}})}});
  model.train_rows = 267;
  return model;
}

}  // namespace

TEST_CASE("a training is summed up in one line") {
  TrainedModel model = model_of(6);
  model.validation.rows = 66;
  model.validation.accuracy.value = 0.98484848;
  model.validation.log_loss.value = 0.0712345;
  model.rows_without_label = 1;
  model.dropped = {{"id", "looks like an identifier: 9 distinct values in 9 rows"}, {"k", "has no value"}};
  CHECK(describe_training(model) ==
        "accuracy 0.9848, log_loss 0.07123 on 66 held-out rows; learned from 267 rows and 6 columns, 1 row without "
        "label left out; not used: 'id' (looks like an identifier: 9 distinct values in 9 rows), 'k' (has no value)");
}

TEST_CASE("a training without held-out rows says so, and a long list is cut") {
  TrainedModel model = model_of(1);
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) model.dropped.emplace_back(name, "has no value");
  CHECK(describe_training(model) ==
        "nothing held out to measure; learned from 267 rows and 1 column; not used: 'a' (has no value), 'b' (has no "
        "value), 'c' (has no value), 'd' (has no value), 'e' (has no value) and 2 more");
}

}  // namespace aml::learn
