#include "learn/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace aml::learn {
namespace {

constexpr double kArmijo = 1e-4;
constexpr double kCurvature = 0.9;
constexpr int kTrialsMax = 60;
constexpr size_t kImprovementWindow = 5;

struct Point {
  std::vector<double> x;
  std::vector<double> gradient;  // of the smooth part
  double value = 0;              // with the penalty
};

struct Pair {
  std::vector<double> step;
  std::vector<double> change;  // of the gradient
  double inverse_product = 0;  // 1 / (step . change)
};

double sign_of(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

class Search {
 public:
  Search(SmoothFunction& function, const LbfgsOptions& options, const kernel::KernelTable& kernels)
      : function_(function), options_(options), kernels_(kernels) {}

  Point evaluate(std::vector<double> x) {
    Point point{.x = std::move(x), .gradient = {}};
    point.gradient.resize(point.x.size());
    point.value = function_.evaluate(point.x, point.gradient);
    for (size_t i = 0; i < options_.l1.size(); ++i) point.value += options_.l1[i] * std::fabs(point.x[i]);
    return point;
  }

  // One iteration from `point`; false when no lower point can be found, which means that it is the minimum as far as
  // doubles can tell.
  bool advance(Point& point) {
    const std::vector<double> slope = steepest_ascent(point);
    if (std::all_of(slope.begin(), slope.end(), [](double value) { return value == 0; })) return false;
    std::vector<double> direction = direction_from(slope);
    if (!(dot(direction, slope) < 0)) {  // the pairs no longer describe the function here
      pairs_.clear();
      direction = direction_from(slope);
    }
    const double first_step = pairs_.empty() ? std::min(1.0, 1 / std::sqrt(dot(slope, slope))) : 1.0;
    Point next = is_penalised() ? orthant_search(point, slope, direction, first_step)
                                : wolfe_search(point, direction, first_step);
    if (!(next.value < point.value)) return false;
    remember(point, next);
    point = std::move(next);
    return true;
  }

 private:
  bool is_penalised() const { return !options_.l1.empty(); }
  double dot(const std::vector<double>& a, const std::vector<double>& b) const {
    return kernels_.dot(a.data(), b.data(), a.size());
  }
  void add_scaled(std::vector<double>& to, const std::vector<double>& what, double factor) const {
    kernels_.add_scaled(to.data(), what.data(), to.size(), factor);
  }

  // The gradient; with a penalty OWL-QN's pseudo-gradient, which at 0 takes the side that descends, or 0.
  std::vector<double> steepest_ascent(const Point& point) const {
    std::vector<double> slope = point.gradient;
    for (size_t i = 0; i < options_.l1.size(); ++i) {
      const double penalty = options_.l1[i];
      if (point.x[i] != 0) slope[i] += penalty * sign_of(point.x[i]);
      else if (slope[i] + penalty < 0) slope[i] += penalty;
      else if (slope[i] - penalty > 0) slope[i] -= penalty;
      else slope[i] = 0;
    }
    return slope;
  }

  // Minus the approximate inverse Hessian times the slope: the two-loop recursion.
  std::vector<double> direction_from(const std::vector<double>& slope) const {
    std::vector<double> direction = slope;
    std::vector<double> weights(pairs_.size());
    for (size_t i = pairs_.size(); i-- > 0;) {
      weights[i] = pairs_[i].inverse_product * dot(pairs_[i].step, direction);
      add_scaled(direction, pairs_[i].change, -weights[i]);
    }
    double scale = -1;
    if (!pairs_.empty()) scale = -1 / (pairs_.back().inverse_product * dot(pairs_.back().change, pairs_.back().change));
    for (double& value : direction) value *= scale;
    for (size_t i = 0; i < pairs_.size(); ++i) {
      const double weight = pairs_[i].inverse_product * dot(pairs_[i].change, direction);
      add_scaled(direction, pairs_[i].step, -weight - weights[i]);
    }
    for (size_t i = 0; is_penalised() && i < direction.size(); ++i)
      if (direction[i] * slope[i] >= 0) direction[i] = 0;
    return direction;
  }

  // Lewis and Overton's bisection: halves or doubles the step until it lowers the value enough and the slope along
  // the direction has flattened enough. Gives back the best point tried.
  Point wolfe_search(const Point& start, const std::vector<double>& direction, double step) {
    const double slope = dot(start.gradient, direction);
    double low = 0, high = std::numeric_limits<double>::infinity();
    Point best = start;
    for (int trial = 0; trial < kTrialsMax; ++trial) {
      std::vector<double> x = start.x;
      add_scaled(x, direction, step);
      Point point = evaluate(std::move(x));
      const bool is_low_enough = point.value <= start.value + kArmijo * step * slope;
      const bool is_flat_enough = dot(point.gradient, direction) >= kCurvature * slope;
      if (point.value < best.value) best = point;
      if (is_low_enough && is_flat_enough) return point;
      (is_low_enough ? low : high) = step;
      step = std::isinf(high) ? 2 * step : low + (high - low) / 2;
    }
    return best;
  }

  // Backtracking within the orthant of the start: a coordinate that would change its sign stops at 0.
  Point orthant_search(const Point& start, const std::vector<double>& slope, const std::vector<double>& direction,
                       double step) {
    for (int trial = 0; trial < kTrialsMax; ++trial, step /= 2) {
      std::vector<double> x = start.x;
      double expected = 0;
      for (size_t i = 0; i < x.size(); ++i) {
        const double side = start.x[i] != 0 ? sign_of(start.x[i]) : sign_of(-slope[i]);
        x[i] += step * direction[i];
        if (options_.l1[i] != 0 && x[i] * side < 0) x[i] = 0;
        expected += slope[i] * (x[i] - start.x[i]);
      }
      Point point = evaluate(std::move(x));
      if (point.value <= start.value + kArmijo * expected) return point;
    }
    return start;
  }

  void remember(const Point& from, const Point& to) {
    Pair pair{.step = to.x, .change = to.gradient};
    add_scaled(pair.step, from.x, -1);
    add_scaled(pair.change, from.gradient, -1);
    const double product = dot(pair.step, pair.change);
    if (!(product > 1e-12 * dot(pair.change, pair.change))) return;  // too flat to say anything about curvature
    pair.inverse_product = 1 / product;
    if (pairs_.size() == options_.memory) pairs_.pop_front();
    pairs_.push_back(std::move(pair));
  }

  SmoothFunction& function_;
  const LbfgsOptions& options_;
  const kernel::KernelTable& kernels_;
  std::deque<Pair> pairs_;
};

// True when the last few values hardly differ.
bool has_settled(const std::vector<double>& values, double tolerance) {
  if (values.size() <= kImprovementWindow) return false;
  const double last = values.back();
  const double improvement = values[values.size() - 1 - kImprovementWindow] - last;
  return improvement <= tolerance * static_cast<double>(kImprovementWindow) * std::max(std::fabs(last), 1e-300);
}

}  // namespace

Result<LbfgsResult> minimise(SmoothFunction& function, std::vector<double>& x, const LbfgsOptions& options,
                             const kernel::KernelTable& kernels, const LbfgsStep& on_step) {
  Search search(function, options, kernels);
  Point point = search.evaluate(std::move(x));
  std::vector<double> values = {point.value};
  LbfgsResult result;
  while (!result.has_converged && result.iterations < options.iterations_max) {
    if (!search.advance(point)) {
      result.has_converged = true;
      break;
    }
    values.push_back(point.value);
    if (auto status = on_step(++result.iterations, point.x); !status.ok()) return std::move(status).error();
    result.has_converged = has_settled(values, options.tolerance);
  }
  result.value = point.value;
  x = std::move(point.x);
  return result;
}

}  // namespace aml::learn
