// - pivot: {by: [shop], name: quarter, value: sold, with: sum}      long to wide: a column for each name
#include <fmt/format.h>

#include <algorithm>

#include "prep/aggregate.h"
#include "prep/categories.h"
#include "prep/fit_step.h"
#include "prep/group_rows.h"
#include "prep/learned_values.h"
#include "prep/pick.h"

namespace aml::prep {
namespace {

constexpr size_t kColumnsMax = 10'000;

// What becomes of a name that is no column.
enum class Unknown : uint8_t { error, ignore };

struct PivotPlan {
  std::vector<PlacedName> by_names;
  PlacedName name_column, value_column;
  const AggregateKind* kind = nullptr;
  Unknown unknown = Unknown::error;
  std::vector<size_t> by = {};
  size_t name = 0, value = 0;
  table::SchemaPtr input = {};
};

class PivotFit final : public Fit {
 public:
  PivotFit(const PivotPlan& plan, const Resources& resources)
      : plan_(plan), resources_(resources), names_((*plan.input)[plan.name].type) {}

  Status add(const table::Batch& batch) override {
    names_.add(batch.columns[plan_.name]);
    if (names_.count() > kColumnsMax)
      return plan_.name_column.error(
          fmt::format("column '{}' has more than {} different values", plan_.name_column.name, kColumnsMax),
          "a column of the result would stand for each");
    return check_memory(names_.bytes(), "pivot", "names", resources_);
  }
  Result<text::Json> finish() override { return names_.finish(); }

 private:
  const PivotPlan& plan_;  // of the step, which outlives its fits
  Resources resources_;
  CategoryFit names_;
};

// Each group and name has a number of its own in one Aggregate: group * names + name.
class PivotStage final : public Stage {
 public:
  PivotStage(const PivotPlan& plan, const Categories& names, table::SchemaPtr schema, const Resources& resources)
      : plan_(plan),
        names_(names),
        schema_(std::move(schema)),
        resources_(resources),
        groups_(*plan.input, plan.by),
        cells_(plan.kind->make((*plan.input)[plan.value].type, 0)) {}

  Status push(table::Batch batch, Flow&) override {
    const auto groups = groups_.add(batch);
    const std::vector<uint32_t> names = names_.find(batch.columns[plan_.name]);
    std::vector<uint32_t> rows, numbers;
    for (uint32_t row = 0; row < batch.rows; ++row) {
      if (names[row] == Categories::kNone) {
        TRY(check_unknown(batch, row));
        continue;
      }
      rows.push_back(row);
      numbers.push_back(static_cast<uint32_t>(groups[row] * names_.count() + names[row]));
    }
    const uint64_t cell_count = uint64_t{groups_.count()} * names_.count();
    if (cell_count >= UINT32_MAX)
      return Error{ErrorKind::bad_data, fmt::format("'pivot' makes {} cells, at most {}", cell_count, UINT32_MAX)};
    cells_->add(*table::gather(*batch.columns[plan_.value], rows), numbers, cell_count);
    return check_memory(groups_.bytes() + cells_->bytes(), "pivot", fmt::format("{} groups", groups_.count()),
                        resources_);
  }

  Status finish(Flow& flow) override {
    for (size_t begin = 0; begin < groups_.count(); begin += table::kBatchRows) {
      const size_t end = std::min(groups_.count(), begin + table::kBatchRows);
      table::Batch batch{schema_, {}, end - begin, {}};
      if (!plan_.by.empty()) batch = groups_.keys(begin, end);
      batch.schema = schema_;
      const table::ColumnPtr cells = cells_->results(begin * names_.count(), end * names_.count());
      for (uint32_t name = 0; name < names_.count(); ++name) {
        std::vector<uint32_t> rows;
        for (size_t group = 0; group < end - begin; ++group)
          rows.push_back(static_cast<uint32_t>(group * names_.count() + name));
        batch.columns.push_back(table::gather(*cells, rows));
        flow.failures().count_column(names_.name(name), batch, *batch.columns.back(), {});
      }
      TRY(flow.emit(std::move(batch)));
    }
    return {};
  }

 private:
  // Missing names and errors are nobody's column.
  Status check_unknown(const table::Batch& batch, size_t row) const {
    const table::Column& column = *batch.columns[plan_.name];
    if (plan_.unknown == Unknown::ignore || !column.is_valid(row)) return {};
    std::string name;
    column.append_text(name, row);
    return Error{ErrorKind::bad_data,
                 fmt::format("{}: '{}' is not among the columns of 'pivot'", table::place_of(batch, row), name),
                 "add it under 'values', fit the package again, or write unknown: ignore"};
  }

  const PivotPlan& plan_;  // of the step, which outlives its stages; so do the names
  const Categories& names_;
  table::SchemaPtr schema_;
  Resources resources_;
  GroupRows groups_;
  std::unique_ptr<Aggregate> cells_;
};

class PivotValues final : public Step {
 public:
  PivotValues(const PivotPlan& plan, Categories names) : plan_(plan), names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    std::vector<table::Field> fields = pick_fields(*input, plan_.by)->fields();
    const table::ColumnType type = plan_.kind->result((*input)[plan_.value].type);
    for (size_t name = 0; name < names_.count(); ++name)
      TRY(add_field(fields, {names_.name(name), plan_.name_column.place}, type));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  StagePtr start(const Resources& resources) const override {
    return std::make_unique<PivotStage>(plan_, names_, schema_, resources);
  }

 private:
  const PivotPlan& plan_;  // of the step, which outlives this
  Categories names_;
  table::SchemaPtr schema_;
};

class PivotStep final : public FitStep {
 public:
  PivotStep(const text::Yaml& arguments, PivotPlan plan) : FitStep(arguments), plan_(std::move(plan)) {}

  bool makes_learned_columns() const override { return true; }
  std::unique_ptr<Fit> learn(const Resources& resources) const override {
    return std::make_unique<PivotFit>(plan_, resources);
  }

 protected:
  Status resolve(const table::Schema& input) override {
    plan_.input = this->input();
    plan_.by.clear();
    for (const PlacedName& name : plan_.by_names) plan_.by.push_back(TRY(require_column(input, name)));
    plan_.name = TRY(require_column(input, plan_.name_column));
    plan_.value = TRY(require_column(input, plan_.value_column));
    const table::ColumnType type = input[plan_.value].type;
    if (!plan_.kind->needs_number || table::is_numeric(type)) return {};
    return plan_.value_column.error(fmt::format("'{}' needs a number, column '{}' is of type {}", plan_.kind->name,
                                                plan_.value_column.name, table::name_of(type)),
                                    "cast it first");
  }

  Result<table::SchemaPtr> known_schema() const override {
    return error("the columns of 'pivot' are not known before the rows",
                 "'amlprep fit' learns them and writes them into the package, or list them under 'values'");
  }

  Result<StepPtr> with_values(const text::Json& values) const override {
    const table::ColumnType type = (*plan_.input)[plan_.name].type;
    return StepPtr(std::make_unique<PivotValues>(plan_, TRY(Categories::read(values, type, "'values'"))));
  }

 private:
  PivotPlan plan_;
};

}  // namespace

Result<StepPtr> make_pivot_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"by", "name", "value", "with", "unknown", "values"}, "pivot"));
  PivotPlan plan;
  if (const text::Yaml* by = node.find("by")) plan.by_names = TRY(read_names(*by, "by"));
  plan.name_column = TRY(read_name(*TRY(require_option(node, "name", "pivot")), "'name' of 'pivot'"));
  plan.value_column = TRY(read_name(*TRY(require_option(node, "value", "pivot")), "'value' of 'pivot'"));
  const text::Yaml* with = TRY(require_option(node, "with", "pivot"));
  std::vector<std::string> names = aggregate_names();
  std::erase(names, "quantile");
  plan.kind = find_aggregate(names[TRY(read_choice(*with, names, "'with' of 'pivot'"))]);
  if (const text::Yaml* unknown = node.find("unknown"))
    plan.unknown = static_cast<Unknown>(TRY(read_choice(*unknown, {"error", "ignore"}, "'unknown'")));
  return StepPtr(std::make_unique<PivotStep>(node, std::move(plan)));
}

}  // namespace aml::prep
