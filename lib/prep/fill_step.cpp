// - fill: {sex: unknown, weight: 0}      a constant where a value is missing; errors stay errors
#include <fmt/format.h>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct Filling {
  PlacedName name;
  text::Yaml written;
  size_t column = 0;
  CellValue value = {};
};

table::ColumnPtr fill_missing(const table::Column& column, const CellValue& value) {
  table::ColumnBuilder builder = start_copy(column);
  value.pin_to(builder);
  for (size_t row = 0; row < column.rows(); ++row) {
    if (column.is_missing(row)) value.append_to(builder);
    else copy_cell(builder, column, row);
  }
  return builder.finish();
}

class FillStep final : public MapStep {
 public:
  explicit FillStep(std::vector<Filling> fillings) : fillings_(std::move(fillings)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    for (Filling& filling : fillings_) {
      filling.column = TRY(require_column(*input, filling.name));
      filling.value = TRY(CellValue::read(filling.written, (*input)[filling.column].type));
    }
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const Filling& filling : fillings_) {
      table::ColumnPtr& column = columns[filling.column];
      if (column->valid_count() + column->errors().size() == column->rows()) continue;
      column = fill_missing(*column, filling.value);
    }
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  std::vector<Filling> fillings_;
};

}  // namespace

Result<StepPtr> make_fill_step(const StepSource& source) {
  std::vector<Filling> fillings;
  for (auto& [name, value] : TRY(read_entries(source.arguments, "fill"))) {
    if (value->is_null())
      return value->error(fmt::format("'fill' needs a value for column '{}'", name.name),
                          "the empty text is written ''");
    fillings.push_back({name, *value});
  }
  return StepPtr(std::make_unique<FillStep>(std::move(fillings)));
}

}  // namespace aml::prep
