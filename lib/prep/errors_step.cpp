// - errors: {drop: [a, b]}      rows with an error in one of the columns go; `keep` keeps only those,
//                               `replace: {a: 0}` puts a value in place of the errors, null is missing
#include <algorithm>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

enum class RowsWithErrors : uint8_t { drop, keep };

class ErrorRowsStep final : public MapStep {
 public:
  // No names mean every column.
  ErrorRowsStep(RowsWithErrors action, std::vector<PlacedName> names) : action_(action), names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : names_) columns_.push_back(TRY(require_column(*input, name)));
    for (size_t column = 0; names_.empty() && column < input->size(); ++column) columns_.push_back(column);
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<uint8_t> has_error(batch.rows, 0);
    for (const size_t column : columns_)
      for (const table::CellError& error : batch.columns[column]->errors()) has_error[error.row] = 1;
    const uint8_t wanted = action_ == RowsWithErrors::keep ? 1 : 0;
    std::vector<uint32_t> rows;
    for (uint32_t row = 0; row < batch.rows; ++row)
      if (has_error[row] == wanted) rows.push_back(row);
    return rows.size() == batch.rows ? batch : table::gather(batch, rows);
  }

 private:
  RowsWithErrors action_;
  std::vector<PlacedName> names_;
  std::vector<size_t> columns_;
};

struct Amendment {
  PlacedName name;
  text::Yaml written;
  size_t column = 0;
  CellValue value = {};
};

table::ColumnPtr amend_errors(const table::Column& column, const CellValue& value) {
  table::ColumnBuilder builder = start_copy(column);
  value.pin_to(builder);
  for (size_t row = 0; row < column.rows(); ++row) {
    if (column.error_at(row) != nullptr) value.append_to(builder);
    else copy_cell(builder, column, row);
  }
  return builder.finish();
}

class ReplaceErrorsStep final : public MapStep {
 public:
  explicit ReplaceErrorsStep(std::vector<Amendment> amendments) : amendments_(std::move(amendments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    for (Amendment& amendment : amendments_) {
      amendment.column = TRY(require_column(*input, amendment.name));
      amendment.value = TRY(CellValue::read(amendment.written, (*input)[amendment.column].type));
    }
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const Amendment& amendment : amendments_) {
      table::ColumnPtr& column = columns[amendment.column];
      if (!column->errors().empty()) column = amend_errors(*column, amendment.value);
    }
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  std::vector<Amendment> amendments_;
};

}  // namespace

Result<StepPtr> make_errors_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"drop", "keep", "replace"}, "errors"));
  if (node.entries().size() != 1)
    return node.error("'errors' takes one of drop, keep and replace", "for example: errors: {drop: all}");
  const text::Yaml::Entry& entry = node.entries()[0];
  if (entry.key == "replace") {
    std::vector<Amendment> amendments;
    for (auto& [name, value] : TRY(read_entries(entry.value, "replace"))) amendments.push_back({name, *value});
    return StepPtr(std::make_unique<ReplaceErrorsStep>(std::move(amendments)));
  }
  const auto action = entry.key == "keep" ? RowsWithErrors::keep : RowsWithErrors::drop;
  std::vector<PlacedName> names;
  const bool is_all = entry.value.is_scalar() && entry.value.scalar() == "all";
  if (!is_all) names = TRY(read_names(entry.value, entry.key));
  return StepPtr(std::make_unique<ErrorRowsStep>(action, std::move(names)));
}

}  // namespace aml::prep
