// - split_fields: {column: a, into: [b, c], cuts: [{sign: ','}]}      fields between cuts that amlprep split found
#include <fmt/format.h>

#include "prep/pick.h"
#include "prep/split_fields.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

class SplitFieldsStep final : public MapStep {
 public:
  explicit SplitFieldsStep(SplitFields arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    column_ = TRY(require_column(*input, arguments_.column));
    if ((*input)[column_].type != table::ColumnType::text)
      return arguments_.column.error(
          fmt::format("'split_fields' works on text, column '{}' is not", arguments_.column.name),
          "put 'split_fields' before 'cast'");
    std::vector<table::Field> fields = input->fields();
    for (const PlacedName& name : arguments_.into) TRY(add_field(fields, name, table::ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    const table::ColumnPtr& source = batch.columns[column_];
    std::vector<table::ColumnBuilder> builders;
    for (size_t i = 0; i < arguments_.into.size(); ++i) {
      builders.emplace_back(table::ColumnType::text);
      builders.back().pin_all(*source);
    }
    for (size_t row = 0; row < batch.rows; ++row) append_row(*source, row, builders);
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (table::ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    failures.count_column(arguments_.into.front().name, batch, *columns[batch.columns.size()], {source});
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  // A row without the cuts has no value in any field: one would be the wrong one.
  void append_row(const table::Column& source, size_t row, std::vector<table::ColumnBuilder>& builders) const {
    if (!source.is_valid(row)) {
      const table::CellError* error = source.error_at(row);
      for (table::ColumnBuilder& builder : builders) {
        if (error != nullptr) builder.append_error(error->problem);
        else builder.append_missing();
      }
      return;
    }
    const auto fields = synth::split_fields(arguments_.program, source.texts()[row].view());
    const bool fits = fields && fields->size() <= builders.size();
    for (size_t i = 0; i < builders.size(); ++i) {
      if (!fits) builders[i].append_error(table::CellProblem::not_learned);
      else if (i < fields->size()) builders[i].append_text(table::TextView((*fields)[i]));
      else builders[i].append_missing();
    }
  }

  SplitFields arguments_;
  size_t column_ = 0;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_split_fields_step(const StepSource& source) {
  return StepPtr(std::make_unique<SplitFieldsStep>(TRY(read_split_fields(source.arguments))));
}

}  // namespace aml::prep
