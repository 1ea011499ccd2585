// - fill_down: [region]      a missing cell takes the last value above it; errors stay errors and are not taken
#include <array>
#include <optional>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

std::optional<uint32_t> last_valid_row(const table::Column& column) {
  for (size_t row = column.rows(); row-- > 0;)
    if (column.is_valid(row)) return static_cast<uint32_t>(row);
  return std::nullopt;
}

// `above` is one cell, or null before the first value.
table::ColumnPtr fill_column(table::ColumnPtr column, const table::ColumnPtr& above) {
  std::array<table::ColumnPtr, 2> both = {std::move(column), above};
  if (above) make_texts_alike(both);
  const table::Column& cells = *both[0];
  table::ColumnBuilder builder = start_copy(cells);
  if (above) builder.pin_all(*both[1]);
  const table::Column* source = both[1].get();
  size_t source_row = 0;
  for (size_t row = 0; row < cells.rows(); ++row) {
    if (cells.is_valid(row)) source = &cells, source_row = row;
    if (cells.is_missing(row) && source != nullptr) copy_cell(builder, *source, source_row);
    else copy_cell(builder, cells, row);
  }
  return builder.finish();
}

class FillDownStage final : public Stage {
 public:
  explicit FillDownStage(const std::vector<size_t>& columns) : columns_(columns), above_(columns.size()) {}

  Status push(table::Batch batch, Flow& flow) override {
    for (size_t i = 0; i < columns_.size(); ++i) {
      table::ColumnPtr& column = batch.columns[columns_[i]];
      const auto last = last_valid_row(*column);
      const table::ColumnPtr next = last ? table::gather(*column, std::span(&*last, 1)) : above_[i];
      if (column->valid_count() + column->errors().size() < column->rows())
        column = fill_column(std::move(column), above_[i]);
      above_[i] = next;
    }
    return flow.emit(std::move(batch));
  }

 private:
  const std::vector<size_t>& columns_;   // of the step, which outlives its stages
  std::vector<table::ColumnPtr> above_;  // the last value of each, as a column of one row
};

class FillDownStep final : public Step {
 public:
  explicit FillDownStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : names_) columns_.push_back(TRY(require_column(*input, name)));
    return input;
  }

  StagePtr start(const Resources&) const override { return std::make_unique<FillDownStage>(columns_); }

 private:
  std::vector<PlacedName> names_;
  std::vector<size_t> columns_;
};

}  // namespace

Result<StepPtr> make_fill_down_step(const StepSource& source) {
  return StepPtr(std::make_unique<FillDownStep>(TRY(read_names(source.arguments, "fill_down"))));
}

}  // namespace aml::prep
