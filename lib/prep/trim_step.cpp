// - trim: [a, b]      spaces, tabs and line ends go from both ends of text; `trim: all` does every text column
#include <fmt/format.h>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";

bool is_trimmed(std::string_view text) {
  return text.empty() ||
         (kSpaces.find(text.front()) == std::string_view::npos && kSpaces.find(text.back()) == std::string_view::npos);
}

table::TextView trimmed(std::string_view text) {
  const size_t start = text.find_first_not_of(kSpaces);
  if (start == std::string_view::npos) return {};
  return table::TextView(text.substr(start, text.find_last_not_of(kSpaces) - start + 1));
}

table::ColumnPtr trim_text(const table::ColumnPtr& column) {
  size_t clean = 0;
  while (clean < column->rows() && is_trimmed(column->texts()[clean].view())) ++clean;
  if (clean == column->rows()) return column;
  table::ColumnBuilder builder = start_copy(*column);
  for (size_t row = 0; row < column->rows(); ++row) {
    if (column->is_valid(row)) builder.append_text(trimmed(column->texts()[row].view()));
    else copy_cell(builder, *column, row);
  }
  return builder.finish();
}

class TrimStep final : public MapStep {
 public:
  // No names mean every text column.
  explicit TrimStep(std::vector<PlacedName> names) : names_(std::move(names)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    columns_.clear();
    for (const PlacedName& name : names_) {
      columns_.push_back(TRY(require_column(*input, name)));
      const table::ColumnType type = (*input)[columns_.back()].type;
      if (type != table::ColumnType::text)
        return name.error(
            fmt::format("'trim' works on text, column '{}' is of type {}", name.name, table::name_of(type)),
            "numbers and dates have no spaces; put 'trim' before 'cast'");
    }
    for (size_t column = 0; names_.empty() && column < input->size(); ++column)
      if ((*input)[column].type == table::ColumnType::text) columns_.push_back(column);
    return input;
  }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (const size_t column : columns_) columns[column] = trim_text(columns[column]);
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  std::vector<PlacedName> names_;
  std::vector<size_t> columns_;
};

}  // namespace

Result<StepPtr> make_trim_step(const StepSource& source) {
  if (source.arguments.is_scalar() && source.arguments.scalar() == "all")
    return StepPtr(std::make_unique<TrimStep>(std::vector<PlacedName>()));
  return StepPtr(std::make_unique<TrimStep>(TRY(read_names(source.arguments, "trim"))));
}

}  // namespace aml::prep
