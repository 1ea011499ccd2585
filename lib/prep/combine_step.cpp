// - combine: {columns: [a, b], separator: '-', into: ab}      columns joined to one text; missing parts are left out
#include <fmt/format.h>

#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

class CombineStep final : public MapStep {
 public:
  CombineStep(std::vector<PlacedName> names, std::string separator, PlacedName into)
      : names_(std::move(names)), separator_(std::move(separator)), into_(std::move(into)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : names_) columns_.push_back(TRY(require_column(*input, name)));
    std::vector<table::Field> fields = input->fields();
    TRY(add_field(fields, into_, table::ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    table::ColumnBuilder builder(table::ColumnType::text);
    builder.reserve(batch.rows);
    for (const size_t column : columns_) builder.pin_all(*batch.columns[column]);
    std::string joined;
    for (size_t row = 0; row < batch.rows; ++row) append_joined(batch, row, joined, builder);
    std::vector<table::ColumnPtr> columns = batch.columns;
    columns.push_back(builder.finish());
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  // An error among the parts is the error of the whole.
  void append_joined(const table::Batch& batch, size_t row, std::string& joined, table::ColumnBuilder& builder) const {
    joined.clear();
    bool is_empty = true;
    for (const size_t index : columns_) {
      const table::Column& column = *batch.columns[index];
      if (const table::CellError* error = column.error_at(row)) {
        builder.append_error(error->problem, column.texts().empty() ? table::TextView() : column.texts()[row]);
        return;
      }
      if (!column.is_valid(row)) continue;
      if (!is_empty) joined.append(separator_);
      is_empty = false;
      column.append_text(joined, row);
    }
    if (is_empty) builder.append_missing();
    else builder.append_owned_text(joined);
  }

  std::vector<PlacedName> names_;
  std::string separator_;
  PlacedName into_;
  std::vector<size_t> columns_;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_combine_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "separator", "into"}, "combine"));
  auto names = TRY(read_names(*TRY(require_option(node, "columns", "combine")), "columns"));
  const text::Yaml* separator = node.find("separator");
  if (separator != nullptr && !separator->is_scalar()) return separator->error("'separator' of 'combine' must be text");
  auto into = TRY(read_name(*TRY(require_option(node, "into", "combine")), "'into' of 'combine'"));
  return StepPtr(std::make_unique<CombineStep>(std::move(names), separator == nullptr ? "" : separator->scalar(),
                                               std::move(into)));
}

}  // namespace aml::prep
