// - unpivot: {columns: [q1, q2], name: quarter, value: sales}      wide to long: a row for each of the columns
#include <fmt/format.h>

#include <algorithm>

#include "prep/cell_value.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct UnpivotArguments {
  std::vector<PlacedName> columns;
  PlacedName name;
  PlacedName value;
};

struct UnpivotPlan {
  std::vector<size_t> kept;   // columns repeated for each value
  std::vector<size_t> taken;  // columns whose cells become rows
  std::vector<table::Bytes> names;
  table::SchemaPtr schema;
};

class UnpivotStage final : public Stage {
 public:
  explicit UnpivotStage(const UnpivotPlan& plan) : plan_(plan) {}

  Status push(table::Batch batch, Flow& flow) override {
    const size_t step = std::max<size_t>(1, table::kBatchRows / plan_.taken.size());
    for (size_t begin = 0; begin < batch.rows; begin += step)
      TRY(flow.emit(unpivot(batch, begin, std::min(batch.rows, begin + step))));
    return {};
  }

 private:
  table::Batch unpivot(const table::Batch& batch, size_t begin, size_t end) const {
    std::vector<uint32_t> rows;
    for (size_t row = begin; row < end; ++row) rows.insert(rows.end(), plan_.taken.size(), static_cast<uint32_t>(row));
    table::Batch kept = {batch.schema, {}, batch.rows, batch.origin};
    for (const size_t column : plan_.kept) kept.columns.push_back(batch.columns[column]);
    table::Batch result = table::gather(kept, rows);
    result.schema = plan_.schema;
    result.columns.push_back(names_column(end - begin));
    result.columns.push_back(values_column(batch, begin, end));
    return result;
  }

  table::ColumnPtr names_column(size_t rows) const {
    table::ColumnBuilder builder(table::ColumnType::text);
    builder.reserve(rows * plan_.names.size());
    for (const table::Bytes& name : plan_.names) builder.pin(name);
    for (size_t row = 0; row < rows; ++row)
      for (const table::Bytes& name : plan_.names) builder.append_text(table::TextView(*name));
    return builder.finish();
  }

  table::ColumnPtr values_column(const table::Batch& batch, size_t begin, size_t end) const {
    std::vector<table::ColumnPtr> columns;
    for (const size_t column : plan_.taken) columns.push_back(batch.columns[column]);
    make_texts_alike(columns);
    table::ColumnBuilder builder = start_copy(*columns[0]);
    for (const table::ColumnPtr& column : columns) builder.pin_all(*column);
    for (size_t row = begin; row < end; ++row)
      for (const table::ColumnPtr& column : columns) copy_cell(builder, *column, row);
    return builder.finish();
  }

  const UnpivotPlan& plan_;  // of the step, which outlives its stages
};

class UnpivotStep final : public Step {
 public:
  explicit UnpivotStep(UnpivotArguments arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    plan_ = {};
    for (const PlacedName& name : arguments_.columns) plan_.taken.push_back(TRY(take(*input, name)));
    std::vector<table::Field> fields;
    for (size_t column = 0; column < input->size(); ++column) {
      if (std::find(plan_.taken.begin(), plan_.taken.end(), column) != plan_.taken.end()) continue;
      plan_.kept.push_back(column);
      fields.push_back((*input)[column]);
    }
    TRY(add_field(fields, arguments_.name, table::ColumnType::text));
    TRY(add_field(fields, arguments_.value, (*input)[plan_.taken[0]].type));
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return plan_.schema;
  }

  StagePtr start(const Resources&) const override { return std::make_unique<UnpivotStage>(plan_); }

 private:
  // The values stand in one column, so they have one type.
  Result<size_t> take(const table::Schema& input, const PlacedName& name) {
    const size_t column = TRY(require_column(input, name));
    plan_.names.push_back(std::make_shared<const std::string>(name.name));
    if (plan_.taken.empty()) return column;
    const table::Field& first = input[plan_.taken[0]];
    if (input[column].type == first.type) return column;
    return name.error(fmt::format("column '{}' is of type {}, but '{}' is of type {}", name.name,
                                  table::name_of(input[column].type), first.name, table::name_of(first.type)),
                      "cast them to one type first");
  }

  UnpivotArguments arguments_;
  UnpivotPlan plan_;
};

}  // namespace

Result<StepPtr> make_unpivot_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "name", "value"}, "unpivot"));
  UnpivotArguments arguments;
  arguments.columns = TRY(read_names(*TRY(require_option(node, "columns", "unpivot")), "columns"));
  arguments.name = TRY(read_name(*TRY(require_option(node, "name", "unpivot")), "'name' of 'unpivot'"));
  arguments.value = TRY(read_name(*TRY(require_option(node, "value", "unpivot")), "'value' of 'unpivot'"));
  return StepPtr(std::make_unique<UnpivotStep>(std::move(arguments)));
}

}  // namespace aml::prep
