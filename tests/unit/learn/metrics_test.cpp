#include "learn/metrics.h"

#include <doctest/doctest.h>

#include <cmath>

namespace aml::learn {
namespace {

const std::vector<std::string> kTwo = {"no", "yes"};
const std::vector<std::string> kThree = {"a", "b", "c"};

Evaluation evaluate(const std::vector<uint32_t>& labels, const std::vector<double>& probabilities,
                    const std::vector<std::string>& classes) {
  return evaluate_classification({.labels = labels, .probabilities = probabilities, .classes = classes});
}

double value_of(const Metric& metric) {
  REQUIRE(metric.value.has_value());
  return *metric.value;
}

}  // namespace

TEST_CASE("binary metrics of a small example") {
  // scikit-learn's documentation: y = 0 0 1 1, scores .1 .4 .35 .8 has AUC 0.75.
  const Evaluation e = evaluate({0, 0, 1, 1}, {0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8}, kTwo);
  CHECK(value_of(e.auc) == 0.75);
  CHECK(value_of(e.accuracy) == 0.75);
  CHECK(value_of(e.log_loss) ==
        doctest::Approx(-(std::log(0.9) + std::log(0.6) + std::log(0.35) + std::log(0.8)) / 4).epsilon(1e-15));
  CHECK(e.confusion == std::vector<std::vector<uint64_t>>{{2, 0}, {1, 1}});
  CHECK(value_of(e.per_class[1].precision) == 1);
  CHECK(value_of(e.per_class[1].recall) == 0.5);
  CHECK(value_of(e.per_class[1].f1) == doctest::Approx(2.0 / 3));
  CHECK(value_of(e.precision) == doctest::Approx((1 + 2.0 / 3) / 2));
}

TEST_CASE("AUC counts ties half and is 0.5 when all scores are equal") {
  const std::vector<double> equal(6, 0.3);
  const std::vector<uint8_t> positive = {1, 0, 1, 0, 0, 0};
  CHECK(value_of(auc_of(equal, positive)) == 0.5);
  const std::vector<double> scores = {1, 2, 2, 3};
  CHECK(value_of(auc_of(scores, std::vector<uint8_t>{0, 0, 1, 1})) == 0.875);
}

TEST_CASE("AUC of one class has no value and says why") {
  const Evaluation e = evaluate({1, 1}, {0.2, 0.8, 0.4, 0.6}, kTwo);
  CHECK_FALSE(e.auc.value.has_value());
  CHECK(e.auc.reason == "no rows of any other class");
  const std::string json = to_json(e).dump();
  CHECK(json.find(R"("auc":null)") != std::string::npos);
  CHECK(json.find(R"("undefined":{"auc":"no rows of any other class")") != std::string::npos);
}

TEST_CASE("a class never predicted has no precision, and counts 0 in the macro average") {
  const Evaluation e = evaluate({0, 1, 2}, {1, 0, 0, 0, 1, 0, 0, 1, 0}, kThree);
  CHECK(e.per_class[2].precision.reason == "never predicted");
  CHECK(value_of(e.per_class[2].recall) == 0);
  CHECK(value_of(e.per_class[2].f1) == 0);
  CHECK(value_of(e.precision) == 0.5);  // (1 + 1/2 + 0) / 3
  CHECK(value_of(e.recall) == doctest::Approx(2.0 / 3));
}

TEST_CASE("a class that occurs nowhere does not enter the macro average") {
  const Evaluation e = evaluate({0, 1}, {1, 0, 0, 0, 1, 0}, kThree);
  CHECK(value_of(e.f1) == 1);
  CHECK(e.per_class[2].f1.reason == "no rows of this class, and never predicted");
  CHECK(e.auc.reason == "class 'c': no rows of the class");
}

TEST_CASE("a probability of 0 for the true class costs a finite log loss") {
  const Evaluation e = evaluate({0}, {0, 1}, kTwo);
  CHECK(value_of(e.log_loss) == doctest::Approx(52 * std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("rows of an unknown class count as wrong, rows with NaN not at all") {
  const double nan = std::nan("");
  const Evaluation e = evaluate({0, kUnseenClass, 1}, {0.9, 0.1, 0.9, 0.1, nan, nan}, kTwo);
  CHECK(e.rows == 2);
  CHECK(e.unseen == 1);
  CHECK(e.skipped == 1);
  CHECK(value_of(e.accuracy) == 0.5);
}

TEST_CASE("no rows have no metrics") {
  const Evaluation e = evaluate({}, {}, kTwo);
  CHECK(e.accuracy.reason == "no rows");
  CHECK(e.log_loss.reason == "no rows");
  CHECK(headline(e).empty());
}

TEST_CASE("regression metrics of a small example") {
  const std::vector<double> targets = {3, -0.5, 2, 7}, predictions = {2.5, 0, 2, 8};
  const Evaluation e = evaluate_regression(targets, predictions);
  CHECK(value_of(e.mae) == 0.5);
  CHECK(value_of(e.mse) == 0.375);
  CHECK(value_of(e.rmse) == std::sqrt(0.375));
  CHECK(value_of(e.r2) == doctest::Approx(0.9486081370449679).epsilon(1e-15));
}

TEST_CASE("R2 needs two rows and targets that differ") {
  const std::vector<double> one = {1}, same = {2, 2}, guesses = {1, 3};
  CHECK(evaluate_regression(one, one).r2.reason == "fewer than two rows");
  CHECK(evaluate_regression(same, guesses).r2.reason == "all targets are equal");
  CHECK(evaluate_regression({}, {}).mae.reason == "no rows");
}

TEST_CASE("regression rows with NaN are skipped and counted") {
  const std::vector<double> targets = {1, std::nan(""), 3}, predictions = {2, 2, std::nan("")};
  const Evaluation e = evaluate_regression(targets, predictions);
  CHECK(e.rows == 1);
  CHECK(e.skipped == 2);
  CHECK(value_of(e.mae) == 1);
}

}  // namespace aml::learn
