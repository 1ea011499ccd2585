#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "base/random.h"
#include "kernel/dispatch.h"

namespace aml::kernel {
namespace {

constexpr GradientScale kScale = {0x1p30, 0x1p22};

struct Sample {
  size_t rows, classes;
  std::vector<double> scores;  // class-major
  std::vector<uint32_t> labels;
};

Sample make_sample(size_t rows, size_t classes) {
  const Random random(11, classes);
  Sample sample{rows, classes, {}, {}};
  for (size_t i = 0; i < rows * classes; ++i) sample.scores.push_back(20 * random.unit_at(i) - 10);
  for (size_t r = 0; r < rows; ++r)
    sample.labels.push_back(static_cast<uint32_t>(random.below_at(1'000'000 + r, std::max<size_t>(classes, 2))));
  return sample;
}

SoftmaxTask task_of(const Sample& sample, std::vector<GradientPair>& out) {
  return {.scores = sample.scores.data(),
          .stride = sample.rows,
          .classes = sample.classes,
          .labels = sample.labels.data(),
          .rows = sample.rows,
          .hessian_factor = 1.5,
          .scale = kScale,
          .out = out.empty() ? nullptr : out.data()};
}

bool same(const std::vector<GradientPair>& a, const std::vector<GradientPair>& b) {
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i].gradient != b[i].gradient || a[i].hessian != b[i].hessian) return false;
  return a.size() == b.size();
}

}  // namespace

TEST_CASE("logistic gradients and loss equal the textbook's") {
  const Sample sample = make_sample(101, 1);
  double loss = 0;
  uint64_t correct = 0;
  for (size_t r = 0; r < sample.rows; ++r) {
    const double y = sample.labels[r], p = 1 / (1 + std::exp(-sample.scores[r]));
    loss -= std::log(y == 1 ? p : 1 - p);
    correct += (p > 0.5) == (y == 1) ? 1 : 0;
  }
  for (const Level level : available_levels()) {
    std::vector<GradientPair> out(sample.rows);
    const LossSum sum = kernels_of(level).logistic_gradients(sample.scores.data(), sample.labels.data(), sample.rows,
                                                             kScale, out.data());
    CHECK(sum.loss == doctest::Approx(loss).epsilon(1e-13));
    CHECK(sum.correct == correct);
    for (size_t r = 0; r < sample.rows; ++r) {
      const double p = 1 / (1 + std::exp(-sample.scores[r]));
      CHECK(std::fabs(out[r].gradient - (p - sample.labels[r]) * kScale.gradient) < 0.6);
      CHECK(std::fabs(out[r].hessian - p * (1 - p) * kScale.hessian) < 0.6);
    }
  }
}

TEST_CASE("logistic loss of extreme scores stays finite") {
  const std::vector<double> scores = {800, -800, 1e308};
  const std::vector<uint32_t> labels = {1, 1, 1};
  std::vector<GradientPair> out(3);
  const LossSum sum = kernels_of(best_level()).logistic_gradients(scores.data(), labels.data(), 3, kScale, out.data());
  CHECK(sum.loss == doctest::Approx(800));
  CHECK(sum.correct == 2);
  CHECK(out[0].gradient == 0);
  CHECK(out[1].gradient == -(1 << 30));
}

TEST_CASE("softmax gradients and loss equal the textbook's") {
  const Sample sample = make_sample(77, 4);
  double loss = 0;
  std::vector<double> p(sample.rows * 4);
  for (size_t r = 0; r < sample.rows; ++r) {
    double total = 0;
    for (size_t c = 0; c < 4; ++c) total += std::exp(sample.scores[c * sample.rows + r]);
    for (size_t c = 0; c < 4; ++c) p[c * sample.rows + r] = std::exp(sample.scores[c * sample.rows + r]) / total;
    loss -= std::log(p[sample.labels[r] * sample.rows + r]);
  }
  for (const Level level : available_levels()) {
    std::vector<GradientPair> out(sample.rows * 4);
    CHECK(kernels_of(level).softmax_gradients(task_of(sample, out)).loss == doctest::Approx(loss).epsilon(1e-13));
    std::vector<double> probabilities(p.size());
    kernels_of(level).softmax(sample.scores.data(), probabilities.data(), sample.rows, 4, sample.rows);
    for (size_t i = 0; i < p.size(); ++i) {
      const double y = sample.labels[i % sample.rows] == i / sample.rows ? 1 : 0;
      CHECK(std::fabs(out[i].gradient - (p[i] - y) * kScale.gradient) < 0.6);
      CHECK(std::fabs(out[i].hessian - 1.5 * p[i] * (1 - p[i]) * kScale.hessian) < 0.6);
      CHECK(probabilities[i] == doctest::Approx(p[i]).epsilon(1e-14));
    }
  }
}

TEST_CASE("gradients give the same bits on every level") {
  for (const size_t rows : std::initializer_list<size_t>{1, 15, 16, 17, 1000}) {
    const Sample binary = make_sample(rows, 1), many = make_sample(rows, 3);
    std::vector<GradientPair> binary_expected(rows), many_expected(3 * rows), squared_expected(rows);
    const KernelTable& base = kernels_of(Level::baseline);
    const LossSum a =
        base.logistic_gradients(binary.scores.data(), binary.labels.data(), rows, kScale, binary_expected.data());
    const LossSum b = base.softmax_gradients(task_of(many, many_expected));
    const double c =
        base.squared_gradients(binary.scores.data(), many.scores.data(), rows, 0x1p20, squared_expected.data());
    for (const Level level : available_levels()) {
      const KernelTable& table = kernels_of(level);
      std::vector<GradientPair> out(rows), out_many(3 * rows), out_squared(rows);
      CHECK(table.logistic_gradients(binary.scores.data(), binary.labels.data(), rows, kScale, out.data()).loss ==
            a.loss);
      CHECK(table.softmax_gradients(task_of(many, out_many)).loss == b.loss);
      CHECK(table.squared_gradients(binary.scores.data(), many.scores.data(), rows, 0x1p20, out_squared.data()) == c);
      CHECK(same(out, binary_expected));
      CHECK(same(out_many, many_expected));
      CHECK(same(out_squared, squared_expected));
    }
  }
}

TEST_CASE("squared gradients are differences, with hessian one") {
  const std::vector<double> scores = {1, 2, 3}, targets = {1.5, 2, -1};
  for (const Level level : available_levels()) {
    std::vector<GradientPair> out(3);
    CHECK(kernels_of(level).squared_gradients(scores.data(), targets.data(), 3, 1024, out.data()) == 16.25);
    CHECK(out[0].gradient == -512);
    CHECK(out[1].gradient == 0);
    CHECK(out[2].gradient == 4096);
    CHECK(out[2].hessian == 1);
    CHECK(kernels_of(level).largest_difference(scores.data(), targets.data(), 3) == 4);
  }
}

}  // namespace aml::kernel
