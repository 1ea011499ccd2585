// - split: {column: name, separator: ' ', into: [first, last]}      the pieces of a text as new columns
#include <fmt/format.h>

#include <array>

#include "prep/cell_value.h"
#include "prep/pick.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

// What becomes of pieces beyond the last column.
enum class Surplus : uint8_t {
  join,   // the last column has all that is left
  drop,   // they go
  error,  // the last column is an error there
};

struct SplitArguments {
  PlacedName column;
  std::string separator;
  std::vector<PlacedName> into;
  Surplus surplus = Surplus::join;
};

class SplitStep final : public MapStep {
 public:
  explicit SplitStep(SplitArguments arguments) : arguments_(std::move(arguments)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    column_ = TRY(require_column(*input, arguments_.column));
    const table::ColumnType type = (*input)[column_].type;
    if (type != table::ColumnType::text)
      return arguments_.column.error(
          fmt::format("'split' works on text, column '{}' is of type {}", arguments_.column.name, table::name_of(type)),
          "put 'split' before 'cast'");
    std::vector<table::Field> fields = input->fields();
    for (const PlacedName& name : arguments_.into) TRY(add_field(fields, name, table::ColumnType::text));
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return schema_;
  }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    const table::ColumnPtr& source = batch.columns[column_];
    std::vector<table::ColumnBuilder> builders;
    for (size_t i = 0; i < arguments_.into.size(); ++i) builders.push_back(start_copy(*source));
    for (size_t row = 0; row < batch.rows; ++row) {
      if (source->is_valid(row)) append_pieces(source->texts()[row].view(), builders);
      else
        for (table::ColumnBuilder& builder : builders) copy_cell(builder, *source, row);
    }
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (table::ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    failures.count_column(arguments_.into.back().name, batch, *columns.back(), {source});
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  // The pieces are views of the text, which the builders pin.
  void append_pieces(std::string_view text, std::vector<table::ColumnBuilder>& builders) const {
    for (size_t i = 0; i + 1 < builders.size(); ++i) {
      const size_t end = text.find(arguments_.separator);
      builders[i].append_text(table::TextView(text.substr(0, end)));
      if (end == std::string_view::npos) {
        for (size_t rest = i + 1; rest < builders.size(); ++rest) builders[rest].append_missing();
        return;
      }
      text.remove_prefix(end + arguments_.separator.size());
    }
    const size_t end = arguments_.surplus == Surplus::join ? text.npos : text.find(arguments_.separator);
    const bool is_error = arguments_.surplus == Surplus::error && end != text.npos;
    if (is_error) builders.back().append_error(table::CellProblem::bad_argument, table::TextView(text));
    else builders.back().append_text(table::TextView(text.substr(0, end)));
  }

  SplitArguments arguments_;
  size_t column_ = 0;
  table::SchemaPtr schema_;
};

}  // namespace

Result<StepPtr> make_split_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"column", "separator", "into", "surplus"}, "split"));
  SplitArguments arguments;
  arguments.column = TRY(read_name(*TRY(require_option(node, "column", "split")), "'column' of 'split'"));
  arguments.separator = TRY(read_text(*TRY(require_option(node, "separator", "split")), "'separator' of 'split'"));
  arguments.into = TRY(read_names(*TRY(require_option(node, "into", "split")), "into"));
  if (const text::Yaml* surplus = node.find("surplus"))
    arguments.surplus = static_cast<Surplus>(TRY(read_choice(*surplus, {"join", "drop", "error"}, "surplus")));
  return StepPtr(std::make_unique<SplitStep>(std::move(arguments)));
}

}  // namespace aml::prep
