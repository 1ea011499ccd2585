// - scale: {columns: {age: z_score, income: min_max}}      numbers of one size, by what was learned from the rows
#include <fmt/format.h>

#include <cmath>

#include "prep/aggregate.h"
#include "prep/expression_kernel.h"
#include "prep/fit_step.h"
#include "prep/learned_values.h"
#include "prep/pick.h"
#include "prep/vector.h"

namespace aml::prep {
namespace {

using table::ColumnType;

enum class Method : uint8_t { min_max, z_score, robust };
const std::vector<std::string> kMethods = {"min_max", "z_score", "robust"};

struct Scaled {
  PlacedName name;
  Method method = Method::z_score;
  size_t column = 0;
};

struct ScalePlan {
  std::vector<Scaled> columns;
  table::SchemaPtr input = {};
  table::SchemaPtr schema = {};
};

struct Measure {
  double center = 0;
  double scale = 1;
};

// The aggregates that a method takes its measure from.
class MeasureFit {
 public:
  MeasureFit(Method method, ColumnType type) : method_(method) {
    const auto need = [&](std::string_view name, double share) {
      aggregates_.push_back(find_aggregate(name)->make(type, share));
    };
    switch (method) {
      case Method::min_max: need("min", 0), need("max", 0); break;
      case Method::z_score: need("mean", 0), need("variance", 0), need("count", 0); break;
      case Method::robust: need("median", 0), need("quantile", 0.25), need("quantile", 0.75); break;
    }
  }

  void add(const table::Column& column, std::span<const uint32_t> groups) {
    for (const auto& aggregate : aggregates_) aggregate->add(column, groups, 1);
  }

  uint64_t bytes() const {
    uint64_t bytes = 0;
    for (const auto& aggregate : aggregates_) bytes += aggregate->bytes();
    return bytes;
  }

  // A column of one value, or of none, keeps its size: a scale of 0 would make errors of all of it.
  Measure finish() const {
    std::vector<double> found;
    for (const auto& aggregate : aggregates_) found.push_back(result_of(*aggregate));
    Measure measure{found[0], found[1] - found[0]};
    // Divided by n, as it is the data itself that is scaled and not an estimate from a sample.
    if (method_ == Method::z_score) measure.scale = std::sqrt(found[1] * (found[2] - 1) / found[2]);
    if (method_ == Method::robust) measure.scale = found[2] - found[1];
    if (!std::isfinite(measure.center)) measure.center = 0;
    if (!std::isfinite(measure.scale) || measure.scale == 0) measure.scale = 1;
    return measure;
  }

 private:
  static double result_of(Aggregate& aggregate) {
    const table::ColumnPtr column = aggregate.results(0, 1);
    if (!column->is_valid(0)) return std::nan("");
    return column->type() == ColumnType::float64 ? column->doubles()[0] : static_cast<double>(column->ints()[0]);
  }

  Method method_;
  std::vector<std::unique_ptr<Aggregate>> aggregates_;
};

class ScaleFit final : public Fit {
 public:
  ScaleFit(const ScalePlan& plan, const Resources& resources) : plan_(plan), resources_(resources) {
    for (const Scaled& scaled : plan.columns) fits_.emplace_back(scaled.method, (*plan.input)[scaled.column].type);
  }

  Status add(const table::Batch& batch) override {
    const std::vector<uint32_t> one_group(batch.rows, 0);
    uint64_t bytes = 0;
    for (size_t i = 0; i < fits_.size(); ++i) {
      fits_[i].add(*batch.columns[plan_.columns[i].column], one_group);
      bytes += fits_[i].bytes();
    }
    return check_memory(bytes, "scale", "quantiles", resources_);
  }

  Result<text::Json> finish() override {
    text::Json values = text::Json::object();
    for (size_t i = 0; i < fits_.size(); ++i) {
      const Measure measure = fits_[i].finish();
      text::Json written = text::Json::object();
      written.set("center", measure.center).set("scale", measure.scale);
      values.set(plan_.columns[i].name.name, std::move(written));
    }
    return values;
  }

 private:
  const ScalePlan& plan_;  // of the step, which outlives its fits
  Resources resources_;
  std::vector<MeasureFit> fits_;
};

Vector as_numbers(const table::ColumnPtr& column) {
  Vector view = view_column(column);
  if (column->type() == ColumnType::float64) return view;
  Cells cells(column->rows());
  cells.valid.assign(view.valid.begin(), view.valid.end());
  for (const int64_t value : column->ints()) cells.doubles.push_back(static_cast<double>(value));
  cells.failed = view.failed;
  cells.pins = view.pins;
  return make_vector(ColumnType::float64, std::move(cells));
}

table::ColumnPtr scale_column(const table::ColumnPtr& column, const Measure& measure) {
  const Vector numbers = as_numbers(column);
  Cells cells(numbers.rows);
  cells.valid.assign(numbers.valid.begin(), numbers.valid.end());
  cells.doubles.resize(numbers.rows);
  std::vector<FailedCell> overflowed;
  for (size_t row = 0; row < numbers.rows; ++row) {
    cells.doubles[row] = (numbers.doubles[row] - measure.center) / measure.scale;
    if (std::isfinite(cells.doubles[row]) || !numbers.is_valid(row)) continue;
    kernel::clear_bit(cells.valid, row);
    overflowed.push_back({static_cast<uint32_t>(row), table::CellProblem::out_of_range});
  }
  cells.failed = numbers.failed;
  merge_failed(cells.failed, overflowed);
  cells.pins = numbers.pins;
  return make_column(make_vector(ColumnType::float64, std::move(cells)));
}

class ScaleValues final : public MapStep {
 public:
  ScaleValues(const ScalePlan& plan, std::vector<Measure> measures) : plan_(plan), measures_(std::move(measures)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr&) override { return plan_.schema; }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (size_t i = 0; i < measures_.size(); ++i) {
      table::ColumnPtr& column = columns[plan_.columns[i].column];
      const table::ColumnPtr before = std::exchange(column, scale_column(column, measures_[i]));
      failures.count_column(plan_.columns[i].name.name, batch, *column, {before});
    }
    return with_columns(batch, plan_.schema, std::move(columns));
  }

 private:
  const ScalePlan& plan_;  // of the step, which outlives this
  std::vector<Measure> measures_;
};

class ScaleStep final : public FitStep {
 public:
  ScaleStep(const text::Yaml& arguments, ScalePlan plan) : FitStep(arguments), plan_(std::move(plan)) {}

  std::unique_ptr<Fit> learn(const Resources& resources) const override {
    return std::make_unique<ScaleFit>(plan_, resources);
  }

 protected:
  Status resolve(const table::Schema& input) override {
    plan_.input = this->input();
    std::vector<table::Field> fields = input.fields();
    for (Scaled& scaled : plan_.columns) {
      scaled.column = TRY(require_column(input, scaled.name));
      ColumnType& type = fields[scaled.column].type;
      if (!table::is_numeric(type))
        return scaled.name.error(
            fmt::format("'scale' needs a number, column '{}' is of type {}", scaled.name.name, table::name_of(type)),
            "cast it first");
      type = ColumnType::float64;
    }
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return {};
  }

  Result<table::SchemaPtr> known_schema() const override { return plan_.schema; }

  Result<StepPtr> with_values(const text::Json& values) const override {
    std::vector<Measure> measures;
    for (const Scaled& scaled : plan_.columns) {
      const text::Json* measure = TRY(require_member(values, scaled.name.name));
      const double center = TRY(number_of_json((*measure)["center"], "'center'"));
      const double scale = TRY(number_of_json((*measure)["scale"], "'scale'"));
      if (scale == 0) return Error{ErrorKind::bad_data, "'scale' must not be 0", "a column of one value has scale 1"};
      measures.push_back({center, scale});
    }
    return StepPtr(std::make_unique<ScaleValues>(plan_, std::move(measures)));
  }

 private:
  ScalePlan plan_;
};

}  // namespace

Result<StepPtr> make_scale_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "values"}, "scale"));
  ScalePlan plan;
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "scale")), "columns"))) {
    const auto method = static_cast<Method>(TRY(read_choice(*value, kMethods, "the method")));
    plan.columns.push_back({name, method});
  }
  return StepPtr(std::make_unique<ScaleStep>(node, std::move(plan)));
}

}  // namespace aml::prep
