// Logistic regression, multinomial for more than two classes: mean log loss + (l2/2 |w|^2 + l1 |w|) / rows, biases
// free of penalty, minimised by L-BFGS or OWL-QN. This is the objective of microsoftml's rx_logistic_regression.
#include <algorithm>

#include "learn/feature_graph.h"
#include "learn/lbfgs.h"
#include "learn/learner.h"
#include "learn/tiles.h"
#include "os/parallel.h"

namespace aml::learn {
namespace {

using kernel::kTileRows;
using kernel::LossSum;

// Rows times weights below which one thread is enough (about 1 ms of work).
constexpr size_t kWorkPerThread = size_t{1} << 21;

// Loss and gradient over the rows of some tiles, summed in fixed lanes.
class TileLoss {
 public:
  TileLoss(const RowTiles& tiles, size_t outputs, const FitContext& context)
      : tiles_(tiles), outputs_(outputs), context_(context) {}

  // Adds to `gradient` unless it is empty.
  LossSum evaluate(std::span<const double> weights, std::span<double> gradient) const {
    const size_t blocks = (tiles_.tile_count() + kBlockTiles - 1) / kBlockTiles;
    std::vector<Lane> lanes(std::min(blocks, kLanesMax));
    os::parallel_for(lanes.size(), thread_count(weights.size()), [&](size_t lane) {
      lanes[lane].gradient.resize(gradient.size());
      std::vector<double> scratch(outputs_ * kTileRows);
      for (size_t block = lane; block < blocks; block += kLanesMax) add_block(block, weights, scratch, lanes[lane]);
    });
    // A fixed pairwise tree: lane i takes in lane i + step.
    for (size_t step = 1; step < lanes.size(); step *= 2)
      for (size_t i = 0; i + step < lanes.size(); i += 2 * step) merge(lanes[i], lanes[i + step]);
    if (lanes.empty()) return {0, 0};
    for (size_t i = 0; i < gradient.size(); ++i) gradient[i] += lanes[0].gradient[i];
    return lanes[0].sum;
  }

 private:
  struct Lane {
    LossSum sum = {0, 0};
    std::vector<double> gradient = {};
  };

  unsigned thread_count(size_t weights) const {
    const size_t useful = tiles_.rows * weights / kWorkPerThread + 1;
    return static_cast<unsigned>(std::min<size_t>(useful, context_.threads));
  }

  void add_block(size_t block, std::span<const double> weights, std::vector<double>& scratch, Lane& lane) const {
    const size_t end = std::min((block + 1) * kBlockTiles, tiles_.tile_count());
    for (size_t tile = block * kBlockTiles; tile < end; ++tile) {
      const LossSum sum =
          context_.kernels.linear_tile({.tile = tiles_.values.data() + tile * kTileRows * tiles_.features,
                                        .features = tiles_.features,
                                        .outputs = outputs_,
                                        .labels = tiles_.labels.data() + tile * kTileRows,
                                        .rows = std::min(kTileRows, tiles_.rows - tile * kTileRows),
                                        .weights = weights.data(),
                                        .gradient = lane.gradient.empty() ? nullptr : lane.gradient.data(),
                                        .scratch = scratch.data()});
      lane.sum = {lane.sum.loss + sum.loss, lane.sum.correct + sum.correct};
    }
  }

  void merge(Lane& into, const Lane& from) const {
    into.sum = {into.sum.loss + from.sum.loss, into.sum.correct + from.sum.correct};
    context_.kernels.add_scaled(into.gradient.data(), from.gradient.data(), into.gradient.size(), 1);
  }

  const RowTiles& tiles_;
  size_t outputs_;
  const FitContext& context_;
};

// The smooth part of the objective. Remembers the loss at each point, so that progress costs no pass of its own.
class PenalisedLoss final : public SmoothFunction {
 public:
  PenalisedLoss(const TileLoss& loss, size_t rows, size_t features, double l2)
      : loss_(loss), rows_(static_cast<double>(rows)), features_(features), l2_(l2) {}

  double evaluate(std::span<const double> x, std::span<double> gradient) override {
    std::fill(gradient.begin(), gradient.end(), 0.0);
    last_ = loss_.evaluate(x, gradient);
    double penalty = 0;
    for (size_t i = 0; i < x.size(); ++i) {
      if (i % (features_ + 1) != features_) {  // not a bias
        penalty += x[i] * x[i];
        gradient[i] += l2_ * x[i];
      }
      gradient[i] /= rows_;
    }
    return (last_.loss + l2_ / 2 * penalty) / rows_;
  }

  const LossSum& last() const { return last_; }

 private:
  const TileLoss& loss_;
  double rows_;
  size_t features_;
  double l2_;
  LossSum last_ = {0, 0};
};

class LogisticRegression final : public Learner {
 public:
  std::string_view name() const override { return "logistic_regression"; }
  std::string_view summary() const override { return "a linear model for classes"; }
  std::vector<ParamSpec> params() override {
    return {{"l2", "L2 penalty on the weights", &l2_, 0, 1e12},
            {"l1", "L1 penalty on the weights; makes many of them 0", &l1_, 0, 1e12},
            {"tolerance", "stop when the mean relative improvement falls below", &options_.tolerance, 0, 1},
            {"max_iterations", "iterations at most", &options_.iterations_max, 1, 1e9},
            {"memory", "pairs of vectors that L-BFGS keeps", &options_.memory, 1, 1000}};
  }
  bool can(model::Task task) const override { return task == model::Task::classification; }
  Status fit(const Dataset& data, const FitContext& context) override;
  const std::vector<double>& held_out_scores() const override { return held_out_scores_; }
  void write(const Dataset& data, model::GraphBuilder& graph) const override;

 private:
  size_t outputs_of(const Dataset& data) const { return data.classes() == 2 ? 1 : data.classes(); }
  void keep_held_out_scores(const Dataset& data, const RowTiles& held_out);

  double l2_ = 1;
  double l1_ = 0;
  LbfgsOptions options_;
  std::vector<Feature> features_;
  std::vector<double> weights_;  // output by output: a weight per feature, then the bias
  std::vector<double> held_out_scores_;
};

Status LogisticRegression::fit(const Dataset& data, const FitContext& context) {
  features_ = list_features(data.features.columns, Indicators::yes);
  const size_t outputs = outputs_of(data), width = features_.size() + 1;
  const auto tiles_of = [&](size_t begin, size_t end) {
    return make_tiles(data.features, features_, {begin, end}, data.labels.codes, context.threads);
  };
  const RowTiles train = tiles_of(0, data.train_rows()), held_out = tiles_of(data.train_rows(), data.features.rows);
  const TileLoss train_loss(train, outputs, context), held_out_loss(held_out, outputs, context);
  PenalisedLoss function(train_loss, train.rows, features_.size(), l2_);

  options_.l1.assign(l1_ > 0 ? outputs * width : 0, l1_ / static_cast<double>(train.rows));
  for (size_t i = width - 1; i < options_.l1.size(); i += width) options_.l1[i] = 0;  // biases are free
  weights_.assign(outputs * width, 0);
  const auto on_step = [&](uint64_t step, std::span<const double> weights) -> Status {
    TRY(context.check_cancel());
    return report_classification(data, context, step,
                                 {.train = function.last(), .held_out = held_out_loss.evaluate(weights, {})});
  };
  TRY(minimise(function, weights_, options_, context.kernels, on_step));
  keep_held_out_scores(data, held_out);
  return {};
}

void LogisticRegression::keep_held_out_scores(const Dataset& data, const RowTiles& held_out) {
  const size_t width = features_.size() + 1, outputs = outputs_of(data);
  held_out_scores_.assign(outputs == 1 ? held_out.rows : 0, 0);  // two classes: the first one has score 0
  for (size_t output = 0; output < outputs; ++output) {
    const double* weights = weights_.data() + output * width;
    for (size_t row = 0; row < held_out.rows; ++row) {
      const float* values = held_out.values.data() + row / kTileRows * kTileRows * held_out.features + row % kTileRows;
      double score = weights[features_.size()];
      for (size_t f = 0; f < features_.size(); ++f) score += static_cast<double>(values[f * kTileRows]) * weights[f];
      held_out_scores_.push_back(score);
    }
  }
}

void LogisticRegression::write(const Dataset& data, model::GraphBuilder& graph) const {
  const std::string features = add_features(graph, data.features.columns, NumberStyle::scaled);
  const size_t width = features_.size() + 1, classes = data.classes(), first = classes - outputs_of(data);
  std::vector<double> weights(features_.size() * classes), biases(classes);  // [features, classes]
  for (size_t c = first; c < classes; ++c) {
    const double* of_class = weights_.data() + (c - first) * width;
    for (size_t f = 0; f < features_.size(); ++f) weights[f * classes + c] = of_class[f];
    biases[c] = of_class[features_.size()];
  }
  const auto columns = static_cast<int64_t>(classes);
  const std::string matrix = graph.constant("weights", model::matrix_of(std::move(weights), columns));
  const std::string product = graph.add({.op = "MatMul", .inputs = {features, matrix}});
  const std::string bias = graph.constant("bias", model::matrix_of(std::move(biases), columns));
  const std::string scores = graph.add({.op = "Add", .inputs = {product, bias}});
  add_class_outputs(graph, scores, model::ElementType::float64, data.labels.classes);
}

}  // namespace

std::unique_ptr<Learner> make_logistic_regression() { return std::make_unique<LogisticRegression>(); }

}  // namespace aml::learn
